"""The operator's panel: who may see it, whose things it shows, what its buttons do."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alicerce.apps.audit.services.seal_entries import seal_entries
from alicerce.apps.hosting.tests.doubles import drive
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service, run_of
from alicerce.apps.hosting.types import RunStatus
from alicerce.apps.support.services.open_ticket import open_ticket
from alicerce.apps.support.types import Priority
from alicerce.kernel.http import Refusal
from alicerce.surfaces.tests.conftest import browser

LISTS = ["dashboard", "servers", "server_new", "services", "runs", "audit", "tickets"]
THINGS = ["server", "server_edit", "service", "run", "ticket"]
BUTTONS = [
    "server_check",
    "server_accept",
    "run_retry",
    "ticket_write",
    "ticket_assign",
    "ticket_resolve",
    "ticket_reopen",
]

pytestmark = pytest.mark.usefixtures("panel", "zones")


def a_ticket(run):
    return open_ticket(
        subject="Ativação parou",
        body="O servidor recusou.\n\nVeja o motivo.",
        priority=Priority.URGENT,
        customer_id=None,
        entity="provisioning_run",
        entity_id=run.id,
        key=f"t:{run.id}",
        at=NOON,
    )


@pytest.fixture
def things(site):
    """One of each, by the name of its page."""
    server, service = a_server(), a_service()
    run = run_of(service)
    ids = {"server": server.id, "service": service.id, "run": run.id, "ticket": a_ticket(run)}
    return {page: ids[page.partition("_")[0]] for page in [*THINGS, *BUTTONS]}


@pytest.fixture
def stopped(site, panel, clock):
    """A run whose server said no until patience ended, and would say yes now."""
    a_server()
    panel.before["create_account"] = [Refusal("disco cheio")] * 50
    run = drive(run_of(a_service()), clock)
    panel.before.clear()
    return run


def address(page, tenant, things):
    return reverse(f"console:{page}", args=[tenant.id, things[page]])


@pytest.fixture
def three(operator, colleague, stranger):
    """Who may see the panel, who may not, and who is not known."""
    return operator, colleague, stranger


class TestWhoMaySee:
    @pytest.mark.parametrize("page", LISTS)
    def test_lists(self, page, three, things):
        operator, colleague, stranger = three
        url = reverse(f"console:{page}")

        assert operator.get(url).status_code == 200
        assert colleague.get(url).status_code == 403
        assert stranger.get(url).headers["Location"].startswith("/entrar/?next=/admin/")

    @pytest.mark.parametrize("page", THINGS)
    def test_pages(self, page, three, tenant, things):
        operator, colleague, stranger = three
        url = address(page, tenant, things)

        assert operator.get(url).status_code == 200
        assert colleague.get(url).status_code == 403
        assert stranger.get(url).headers["Location"].startswith("/entrar/?next=/admin/")

    @pytest.mark.parametrize("page", BUTTONS)
    def test_buttons(self, page, operator_person, three, tenant, things):
        _operator, colleague, stranger = three
        url = address(page, tenant, things)
        strict = browser(operator_person, enforce_csrf_checks=True)

        assert colleague.post(url).status_code == 403
        assert stranger.post(url).headers["Location"].startswith("/entrar/?next=/admin/")
        assert strict.post(url).status_code == 403
        assert browser(operator_person).get(url).status_code == 405


class TestWhoseThings:
    @pytest.mark.parametrize("page", THINGS)
    def test_absent_under_the_wrong_company(self, page, operator, other_tenant, things):
        with other_tenant as neighbor:
            wrong = address(page, neighbor, things)

        assert operator.get(wrong).status_code == 404

    @pytest.mark.parametrize("page", [*THINGS, *BUTTONS])
    def test_absent_when_it_never_was(self, page, operator, tenant):
        url = reverse(f"console:{page}", args=[tenant.id, uuid4()])
        ask = operator.post if page in BUTTONS else operator.get

        assert ask(url).status_code == 404

    def test_lists_show_every_company(self, operator, other_tenant, things):
        with other_tenant:
            a_server(name="da-oficina")
            a_service(domain="oficina.com.br")

        assert b"da-oficina" in operator.get(reverse("console:servers")).content
        assert b"oficina.com.br" in operator.get(reverse("console:services")).content


class TestRuns:
    def test_show_steps_and_logs(self, operator, tenant, stopped):
        page = operator.get(reverse("console:run", args=[tenant.id, stopped.id])).text

        assert "disco cheio" in page
        assert "Tentar de novo" in page
        assert "hx-get" not in page

    def test_move_by_themselves_while_they_run(self, operator, tenant):
        a_server()
        run = run_of(a_service())

        page = operator.get(reverse("console:run", args=[tenant.id, run.id])).text

        assert 'hx-trigger="every 2s"' in page
        assert "Tentar de novo" not in page

    def test_that_stop_while_watched_bring_the_page_with_its_button(
        self, operator, tenant, stopped
    ):
        url = reverse("console:run", args=[tenant.id, stopped.id])
        answer = operator.get(url, headers={"HX-Request": "true", "HX-Target": "div#ativacao"})
        assert answer.headers["HX-Redirect"] == url
        assert "Tentar de novo" in operator.get(url).content.decode()

    def test_go_on_where_they_stopped(self, operator, tenant, stopped, panel, clock):
        url = reverse("console:run_retry", args=[tenant.id, stopped.id])

        answer = operator.post(url)
        drive(stopped, clock)

        assert answer.headers["Location"] == reverse(
            "console:run", args=[tenant.id, stopped.id]
        )
        assert stopped.status == RunStatus.SUCCEEDED
        assert len(panel.created) == 1
        olga = f"user:{answer.wsgi_request.user.id}"
        trail = operator.get(reverse("console:audit"), {"pessoa": olga}).text
        assert "provisioning_run.retried" in trail

    def test_that_are_not_stopped_say_so(self, operator, tenant, clock):
        a_server()
        run = drive(run_of(a_service()), clock)

        page = operator.post(
            reverse("console:run_retry", args=[tenant.id, run.id]), follow=True
        ).text

        assert "não está parada" in page

    def test_are_under_their_view(self, operator, stopped):
        runs = reverse("console:runs")

        assert b"padaria.com.br" in operator.get(runs).content
        assert b"padaria.com.br" not in operator.get(runs, {"visao": "andamento"}).content
        assert b"padaria.com.br" in operator.get(runs, {"visao": "todas"}).content


class TestDashboard:
    def test_puts_what_stopped_first(self, operator, stopped):
        page = operator.get(reverse("console:dashboard")).text

        assert "Ativação de padaria.com.br" in page
        assert "O servidor recusou o pedido." in page
        assert "disco cheio" not in page

    def test_says_when_nothing_is_wrong(self, operator):
        assert "Nada precisa de você agora" in operator.get(reverse("console:dashboard")).text


class TestService:
    def test_tells_its_whole_story(self, operator, tenant, stopped):
        page = operator.get(
            reverse("console:service", args=[tenant.id, stopped.service_id])
        ).text

        assert "Serviço criado" in page
        assert "service.opened" not in page
        assert "Última ativação" in page


class TestAudit:
    def test_filters(self, operator, stopped, tenant):
        audit = reverse("console:audit")

        assert "service.opened" in operator.get(audit, {"acao": "service."}).text
        assert "service.opened" not in operator.get(audit, {"acao": "server."}).text
        assert "service.opened" in operator.get(audit, {"empresa": str(tenant.id)}).text
        assert "service.opened" not in operator.get(audit, {"empresa": str(uuid4())}).text
        assert "service.opened" not in operator.get(audit, {"desde": "2999-01-01"}).text
        assert operator.get(audit, {"desde": "32/13", "antes": "x"}).status_code == 200

    def test_says_what_is_sealed(self, operator, stopped):
        audit = reverse("console:audit")
        before = operator.get(audit).text
        seal_entries(at=NOON)

        assert "Aguarda selo" in before
        assert "Aguarda selo" not in operator.get(audit).text
        assert "Selado" in operator.get(audit).text


class TestTickets:
    def test_lead_to_what_stopped(self, operator, tenant):
        run = run_of(a_service())
        ticket = a_ticket(run)

        page = operator.get(reverse("console:ticket", args=[tenant.id, ticket])).text

        assert reverse("console:run", args=[tenant.id, run.id]) in page


def test_speaks_english(operator, things):
    operator.cookies["django_language"] = "en"

    assert "Servers" in operator.get(reverse("console:servers")).text


def test_is_not_found_at_an_unknown_address(things):
    assert Client().get("/admin/", headers={"host": "nada.example"}).status_code == 404
