"""Tickets in the operator's panel: read, answered, taken, resolved, found again."""

from uuid import uuid4

import pytest
from django.urls import reverse

from alicerce.apps.notify.models import Message
from alicerce.apps.support.models import TicketMessage
from alicerce.apps.support.services.move_ticket import settle_tickets_of_run
from alicerce.apps.support.tests.factories import NOON, a_ticket
from alicerce.kernel.ids import uuid7


@pytest.fixture
def ticket(renata):
    return a_ticket(customer_id=renata.id)


@pytest.fixture
def at(tenant, ticket):
    """The address of a page or a button of the ticket."""
    return lambda view="ticket": reverse(f"console:{view}", args=[tenant.id, ticket.id])


@pytest.fixture
def write(operator, at):
    def post(body, kind="note", key=None):
        typed = {"body": body, "kind": kind, "key": str(key or uuid4())}
        return operator.post(at("ticket_write"), typed, follow=True)

    return post


class TestThread:
    def test_shows_notes_and_answers_apart(self, write):
        write("Ligar amanhã.")
        page = write("Está no ar.", "reply").text

        assert "Nota interna, só a equipe lê" in page
        assert "Resposta enviada ao cliente" in page
        assert page.count("Olga Operadora") >= 2
        assert (
            page.index("Desde ontem.") < page.index("Ligar amanhã.") < page.index("Está no ar")
        )

    def test_takes_a_second_click_for_the_first(self, write):
        key = uuid4()
        for _ in range(2):
            write("Está no ar.", "reply", key)

        assert Message.objects.filter(template="ticket_reply").count() == 1

    def test_asks_for_words(self, operator, at):
        answer = operator.post(at("ticket_write"), {"kind": "note", "key": str(uuid4())})

        assert answer.status_code == 422
        assert TicketMessage.objects.count() == 1

    def test_of_nobodys_ticket_takes_notes_only(self, operator, tenant):
        ticket = a_ticket()
        url = reverse("console:ticket_write", args=[tenant.id, ticket.id])

        page = operator.get(reverse("console:ticket", args=[tenant.id, ticket.id])).text
        answer = operator.post(url, {"body": "Olá", "kind": "reply", "key": str(uuid4())})

        assert "Resposta ao cliente" not in page
        assert answer.status_code == 422

    def test_escapes_what_was_written(self, write):
        assert "<script>alert" not in write("<script>alert(1)</script>").text

    def test_says_that_the_activation_ended_well(self, operator, tenant):
        run_id = uuid7()
        ticket = a_ticket(entity="provisioning_run", entity_id=run_id)
        settle_tickets_of_run(run_id=run_id, at=NOON)

        page = operator.get(reverse("console:ticket", args=[tenant.id, ticket.id])).text

        assert "A ativação terminou bem" in page
        assert "Reabrir chamado" in page

    def test_folds_away_how_a_machine_put_it(self, operator, tenant):
        ticket = a_ticket(detail="RemoteProtocolError: x")

        page = operator.get(reverse("console:ticket", args=[tenant.id, ticket.id])).text

        assert page.index("Detalhe técnico") < page.index("RemoteProtocolError")


class TestButtons:
    def test_take_resolve_and_reopen(self, operator, at):
        taken = operator.post(at("ticket_assign"), follow=True).text
        resolved = operator.post(at("ticket_resolve"), follow=True).text
        reopened = operator.post(at("ticket_reopen"), follow=True).text

        assert "Assumir chamado" not in taken
        assert "Reabrir chamado" in resolved
        assert "Resolver chamado" in reopened

    def test_are_not_offered_to_who_may_only_read(
        self, operator, operator_person, monkeypatch, at
    ):
        monkeypatch.setattr(
            "alicerce.apps.tenancy.queries.access.permissions_of",
            lambda role, own=None: frozenset({"platform:operate", "support:read"}),
        )

        page = operator.get(at()).text

        assert "Resolver chamado" not in page
        assert "Escrever no chamado" not in page
        assert operator.post(at("ticket_resolve")).status_code == 403


class TestLists:
    def test_keep_apart_what_is_open_mine_and_resolved(self, operator, at, ticket):
        tickets = reverse("console:tickets")

        def seen():
            views = ("", "meus", "resolvidos")
            pages = (operator.get(tickets, {"visao": view}).text for view in views)
            return [ticket.subject in page for page in pages]

        assert seen() == [True, False, False]
        operator.post(at("ticket_assign"))
        assert seen() == [True, True, False]
        operator.post(at("ticket_resolve"))
        assert seen() == [False, False, True]
