"""A company's own orders, services and tickets: who may see and do what, and that lists stay cheap."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.customers.tests.factories import a_cpf, a_customer, a_person
from alicerce.apps.hosting.models import ProvisioningRun
from alicerce.apps.hosting.services.open_service import open_service
from alicerce.apps.hosting.tests.factories import a_server, a_service, a_spec, run_of
from alicerce.apps.hosting.types import RunStatus
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.services.release_order import release_order
from alicerce.apps.orders.tests.factories import NOON, an_order
from alicerce.apps.orders.types import CancelCause, OrderStatus
from alicerce.apps.support.models import Ticket
from alicerce.apps.support.services.move_ticket import assign_ticket, resolve_ticket
from alicerce.apps.support.tests.factories import a_ticket
from alicerce.apps.tenancy.models import ProductSubscription
from alicerce.apps.tenancy.services.roles import copy_role, edit_role
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import browser

ORDERS = reverse("workspace:orders")
SERVICES = reverse("workspace:services")
TICKETS = reverse("workspace:tickets")
LISTS = [ORDERS, SERVICES, TICKETS]


def url(name, *args):
    return reverse(f"workspace:{name}", args=args)


def an_order_of(number, **given):
    """Of a customer of its own: one customer has only so many unpaid orders."""
    given.setdefault("domain", f"loja{number}.com.br")
    given.setdefault("email", f"loja{number}@example.com")
    return an_order(name=f"Loja {number}", document=a_cpf(), **given)


@pytest.fixture
def with_role(site):
    """Somebody with a role of the company."""

    def enter(role):
        person = a_person(f"{role}-{uuid4().hex[:6]}@padaria.example")
        a_member(site, person, role)
        return browser(person)

    return enter


@pytest.fixture
def reader(with_role):
    return with_role("read_only")


@pytest.fixture
def stopped(site):
    service = a_service()
    ProvisioningRun.objects.filter(service=service).update(status=RunStatus.FAILED)
    service.fail()
    return service


def queries_of(client, address):
    client.get(address)  # what is asked once and remembered
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


class TestWhoMay:
    @pytest.mark.parametrize("place", LISTS)
    def test_open_the_lists(self, place, colleague, reader, renata_browser, operator):
        assert colleague.get(place).status_code == 200
        assert reader.get(place).status_code == 200
        assert renata_browser.get(place).status_code == 403
        assert operator.get(place).status_code == 403

    @pytest.mark.parametrize(
        ("role", "seen"),
        [
            ("finance", [ORDERS]),
            ("sales", [ORDERS]),
            ("support", LISTS),
            ("developer", [SERVICES]),
        ],
    )
    def test_is_what_the_rail_offers(self, with_role, role, seen):
        client = with_role(role)
        page = client.get(reverse("workspace:home")).text

        assert [place for place in LISTS if f'href="{place}"' in page] == seen
        assert [place for place in LISTS if client.get(place).status_code == 200] == seen

    def test_needs_the_product_for_services(self, colleague, site):
        ProductSubscription.objects.filter(product="hosting").delete()

        page = colleague.get(ORDERS).text

        assert f'href="{SERVICES}"' not in page
        assert colleague.get(SERVICES).status_code == 404

    def test_sees_nothing_of_a_neighbour(self, colleague, other_tenant):
        with other_tenant:
            order, service, ticket = an_order(), a_service(), a_ticket()
            run = run_of(service)

        for name, key in [
            ("order", order.id),
            ("service", service.id),
            ("run", run.id),
            ("ticket", ticket.id),
        ]:
            assert colleague.get(url(name, key)).status_code == 404
        assert colleague.post(url("order_cancel", order.id), {"reason": "x"}).status_code == 404
        assert colleague.post(url("run_retry", run.id)).status_code == 404
        assert colleague.post(url("ticket_resolve", ticket.id)).status_code == 404


class TestOrders:
    def test_are_found_by_number_domain_and_customer(self, colleague, site):
        for number in (1, 2, 3):
            an_order_of(number)

        def found(words):
            page = colleague.get(ORDERS, {"q": words}).text
            return [number for number in (1, 2, 3) if f"Pedido nº {number}" in page]

        assert found("2") == [2]
        assert found("loja3.com") == [3]
        assert found("loja1@example.com") == [1]
        assert found("nada") == []

    def test_are_narrowed_by_state_payment_and_day(self, colleague, provider):
        paid, waiting = an_order_of(1), an_order_of(2)
        invoice = billing.invoice_of_order(paid.id)
        book_payment(
            account_id=an_account().id,
            paid=a_payment(invoice.id, amount=invoice.total),
            at=NOON,
        )
        run_jobs(raise_failures=False)

        def found(**asked):
            page = colleague.get(ORDERS, asked).text
            return [o.number for o in (paid, waiting) if f"Pedido nº {o.number}" in page]

        assert found(estado="a-pagar") == [waiting.number]
        assert found(estado="ativando") == found(forma="pix") == [paid.number]
        assert found(forma="card") == found(estado="cancelados") == []
        assert found(de="2026-09-01", ate="2026-09-01") == [paid.number, waiting.number]
        assert found(de="2026-09-02") == found(ate="2026-08-31") == []
        assert found(estado="x", forma="x", de="x", ate="9999-12-31") == [1, 2]

    def test_cost_as_many_queries_however_many(self, colleague, site):
        an_order_of(1)
        few = queries_of(colleague, ORDERS)
        for number in range(2, 8):
            an_order_of(number)

        assert queries_of(colleague, ORDERS) == few

    def test_name_no_customer_to_who_may_not_read_them(self, site, colleague):
        order = an_order_of(1)
        owner = a_person("dona@padaria.example")
        a_member(site, owner, "owner")
        key = copy_role(key="read_only", name="Só pedidos", by=owner.id, at=NOON)
        edit_role(
            key=key,
            permissions={"workspace:enter", "orders:read"},
            by=owner.id,
            at=NOON,
        )
        person = a_person("so@padaria.example")
        a_member(site, person, key)
        client = browser(person)

        assert "Loja 1" not in client.get(ORDERS).text.replace("loja1", "")
        assert "Pedido nº 1" not in client.get(ORDERS, {"q": "loja1@example.com"}).text
        page = client.get(url("order", order.id)).text
        assert "Fatura nº" not in page
        assert "Histórico" not in page
        assert "Cancelar pedido" not in page


class TestOrder:
    def test_tells_everything_of_itself(self, colleague, provider):
        order = an_order()
        invoice = billing.invoice_of_order(order.id)
        account = an_account()
        paid = a_payment(invoice.id, amount=invoice.total, reference="E2E-1")
        book_payment(account_id=account.id, paid=paid, at=NOON)

        page = colleague.get(url("order", order.id)).text

        for words in ("Renata Souza", order.description, invoice.code, "E2E-1", "Pedido feito"):
            assert words in page
        assert url("customer", order.customer_id) in page

    def test_shows_how_far_its_delivery_is(self, colleague, site):
        order = an_order()
        release_order(order_id=order.id, at=NOON)
        card = open_service(
            line_id=order.lines[0].id,
            customer_id=order.customer_id,
            spec=a_spec(),
            at=NOON,
        )

        page = colleague.get(url("order", order.id)).text

        assert url("service", card.id) in page
        assert "Criar a conta no servidor" in page

    def test_is_canceled_with_a_reason(self, colleague, site):
        order = an_order()
        assert url("order_cancel", order.id) in colleague.get(url("order", order.id)).text

        unsaid = colleague.post(url("order_cancel", order.id), {"reason": " "})
        page = colleague.post(
            url("order_cancel", order.id), {"reason": "Pediu por engano"}, follow=True
        ).text

        assert unsaid.status_code == 422
        assert "Pedido cancelado" in page
        assert "Pediu por engano" in page
        assert url("order_cancel", order.id) not in page
        assert orders.order_detail(order.id).cancel_cause == CancelCause.STAFF

    def test_that_was_paid_is_not_canceled(self, colleague, site):
        order = an_order()
        release_order(order_id=order.id, at=NOON)

        page = colleague.post(
            url("order_cancel", order.id), {"reason": "Engano"}, follow=True
        ).text

        assert "Só se cancela um pedido que ainda não foi pago" in page
        assert orders.order(order.id).status == OrderStatus.DELIVERING

    def test_is_canceled_by_who_may(self, reader, site):
        order = an_order()

        answer = reader.post(url("order_cancel", order.id), {"reason": "x"})

        assert answer.status_code == 403
        assert url("order_cancel", order.id) not in reader.get(url("order", order.id)).text


class TestServices:
    def test_are_narrowed_and_found(self, colleague, site):
        server = a_server(name="sp-1")
        placed = a_service(domain="padaria.com.br", plan_name="Pro")
        placed.place(server)
        placed.reserve("padariac", candidate=0)
        other = a_service(domain="oficina.com.br", plan_name="Básico")
        other.fail()

        def found(**asked):
            page = colleague.get(SERVICES, asked).text
            return [s.domain for s in (placed, other) if url("service", s.id) in page]

        assert found(q="padaria") == found(q="padariac") == [placed.domain]
        assert found(servidor=str(server.id)) == found(plano="Pro") == [placed.domain]
        assert found(visao="falharam") == [other.domain]
        assert found(visao="x", servidor="x") == [placed.domain, other.domain]

    def test_cost_as_many_queries_however_many(self, colleague, site):
        a_service(domain="a0.com.br")
        few = queries_of(colleague, SERVICES)
        for number in range(1, 7):
            a_service(domain=f"a{number}.com.br")

        assert queries_of(colleague, SERVICES) == few

    def test_tell_what_they_are_and_how_it_went(self, colleague, stopped):
        run = run_of(stopped)

        page = colleague.get(url("service", stopped.id)).text

        assert stopped.plan_name in page
        assert url("run", run.id) in page
        assert url("run_retry", run.id) in page
        assert "A ativação parou." in page

    def test_go_on_by_the_hand_of_who_operates(self, with_role, stopped, reader):
        run = run_of(stopped)
        assert reader.post(url("run_retry", run.id)).status_code == 403
        assert url("run_retry", run.id) not in reader.get(url("run", run.id)).text

        page = with_role("support").post(url("run_retry", run.id), follow=True).text

        assert "continua de onde parou" in page
        assert run_of(stopped).status == RunStatus.QUEUED

    def test_that_run_are_not_tried_again(self, colleague, site):
        service = a_service()
        page = colleague.post(url("run_retry", run_of(service).id), follow=True)

        assert page.status_code == 200
        assert "continua de onde parou" not in page.text

    def test_lead_to_their_tickets(self, colleague, stopped):
        ticket = a_ticket(entity="service", entity_id=stopped.id)

        assert url("ticket", ticket.id) in colleague.get(url("service", stopped.id)).text
        assert url("service", stopped.id) in colleague.get(url("ticket", ticket.id)).text


class TestTickets:
    @pytest.fixture
    def ticket(self, renata):
        return a_ticket(customer_id=renata.id)

    def test_are_listed_by_state_and_who_sees_to_them(self, colleague, site, renata):
        first, second = a_ticket(key="1", customer_id=renata.id), a_ticket(key="2")
        person = a_person("bia@padaria.example")
        a_member(site, person, "owner")
        assign_ticket(ticket_id=first.id, user_id=person.id, at=NOON)
        resolve_ticket(ticket_id=second.id, at=NOON)
        client = browser(person)

        def found(**asked):
            page = client.get(TICKETS, asked).text
            return [t.number for t in (first, second) if url("ticket", t.id) in page]

        assert found() == found(visao="meus") == [first.number]
        assert found(visao="resolvidos") == [second.number]
        assert found(q=f"#{first.number}") == [first.number]
        assert found(q="nada disso") == []
        assert renata.name in client.get(TICKETS).text

    def test_cost_as_many_queries_however_many(self, colleague, renata, site):
        def one(key):
            ticket = a_ticket(key=str(key), customer_id=renata.id)
            person = a_person(f"p{key}@padaria.example")
            assign_ticket(ticket_id=ticket.id, user_id=person.id, at=NOON)

        one(0)
        few = queries_of(colleague, TICKETS)
        for key in range(1, 7):
            one(key)

        assert queries_of(colleague, TICKETS) == few

    def test_are_read_answered_taken_resolved_and_reopened(self, colleague, ticket):
        typed = {"body": "Está no ar.", "kind": "reply", "key": str(uuid4())}

        said = colleague.post(url("ticket_write", ticket.id), typed, follow=True).text
        taken = colleague.post(url("ticket_assign", ticket.id), follow=True).text
        done = colleague.post(url("ticket_resolve", ticket.id), follow=True).text
        again = colleague.post(url("ticket_reopen", ticket.id), follow=True).text

        assert "Resposta enviada ao cliente" in said
        assert "O chamado está com você." in taken
        assert "Chamado resolvido" in done
        assert "Chamado reaberto" in again
        assert Ticket.objects.get().assignee_id

    def test_ask_for_words(self, colleague, ticket):
        answer = colleague.post(
            url("ticket_write", ticket.id), {"kind": "note", "key": str(uuid4())}
        )

        assert answer.status_code == 422
        assert "workspace" not in answer.text or url("tickets") in answer.text

    @pytest.mark.parametrize("verb", ["write", "assign", "resolve", "reopen"])
    def test_are_changed_by_who_may(self, reader, ticket, verb):
        assert reader.post(url(f"ticket_{verb}", ticket.id)).status_code == 403
        page = reader.get(url("ticket", ticket.id)).text
        assert url(f"ticket_{verb}", ticket.id) not in page


class TestLinks:
    def test_lead_from_a_customer_to_each_thing(self, colleague, site):
        customer = a_customer()
        service = a_service(customer=customer)
        ticket = a_ticket(customer_id=customer.id)
        order = an_order()

        assert url("service", service.id) in _tab(colleague, customer.id, "services")
        assert url("ticket", ticket.id) in _tab(colleague, customer.id, "tickets")
        assert url("order", order.id) in _tab(colleague, order.customer_id, "orders")

    def test_lead_from_the_palette(self, colleague, site):
        order = an_order(domain="padaria.com.br", price=a_price())
        service = a_service(domain="padaria.com.br")

        page = colleague.get(reverse("workspace:search"), {"q": "padaria.com"}).text

        assert url("order", order.id) in page
        assert url("service", service.id) in page


def _tab(client, customer_id, part):
    return client.get(url(f"customer_{part}", customer_id)).text
