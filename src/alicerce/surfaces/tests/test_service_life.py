"""A service that stops, comes back and ends, on the pages of all who have to do with it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alicerce.apps.hosting.jobs import find_due_removals
from alicerce.apps.hosting.models import Difference, Policy, Service
from alicerce.apps.hosting.services.compare_accounts import compare_accounts
from alicerce.apps.hosting.services.operations.remove import confirm_removal
from alicerce.apps.hosting.services.retry_run import retry_run
from alicerce.apps.hosting.tests.doubles import LettersInMemory
from alicerce.apps.hosting.tests.factories import NOON
from alicerce.apps.hosting.tests.obeying import a_live_service, end, settle, suspend
from alicerce.apps.notify.models import Message
from alicerce.apps.notify.ports import mailers
from alicerce.apps.support.models import Ticket
from alicerce.kernel.http import Unavailable
from alicerce.kernel.ids import uuid7
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve

LATER = NOON + timedelta(days=31)

pytestmark = pytest.mark.usefixtures("zones", "letters")


@pytest.fixture
def letters(monkeypatch):
    monkeypatch.setitem(mailers, "smtp", LettersInMemory())


@pytest.fixture
def service(site, renata, renata_browser, panel, clock):
    return a_live_service(clock, customer=renata)


def url(name, *args):
    return reverse(f"workspace:{name}", args=args)


class TestSuspending:
    def test_by_hand_says_why_and_stays_after_a_payment(
        self, colleague, service, panel, clock, renata_browser
    ):
        page = colleague.get(url("service_suspend", service.id)).text
        assert "um pagamento não desfaz" in page
        typed = {"cause": "abuse", "reason": "Envio de spam"}
        said = colleague.post(url("service_suspend", service.id), typed, follow=True).text
        assert "A suspensão foi pedida" in said
        settle(service, clock)

        page = colleague.get(url("service", service.id)).text
        assert "Uso contrário aos termos" in page
        assert "Envio de spam" in page
        assert "Suspenso no servidor desde" in page
        theirs = renata_browser.get(reverse("client:service", args=[service.id])).text
        assert "Este serviço está suspenso." in theirs
        assert "Uso contrário aos termos" in theirs
        assert "Envio de spam" not in theirs

    def test_without_a_reason_is_asked_for_it(self, colleague, service):
        answer = colleague.post(url("service_suspend", service.id), {"cause": "staff"})

        assert answer.status_code == 422

    def test_ends_by_hand_with_a_reason(self, colleague, service, clock):
        suspend(service)
        settle(service, clock)
        page = colleague.get(url("service_resume", service.id)).text
        assert "Falta de pagamento" in page

        typed = {"reason": "Prometeu pagar"}
        colleague.post(url("service_resume", service.id), typed)
        settle(service, clock)

        assert service.status == "active"
        assert "Causas da suspensão" not in colleague.get(url("service", service.id)).text

    def test_of_what_is_not_suspended_cannot_end(self, colleague, service):
        said = colleague.post(
            url("service_resume", service.id), {"reason": "Engano"}, follow=True
        ).text

        assert "não está suspenso" in said

    def test_tells_an_unpaid_customer_where_to_pay(self, service, clock, renata_browser):
        suspend(service)
        settle(service, clock)

        page = renata_browser.get(reverse("client:service", args=[service.id])).text
        assert "Falta de pagamento" in page
        assert reverse("client:invoices") in page


class TestRemoving:
    @pytest.fixture
    def ended(self, service, clock):
        end(service)
        settle(service, clock)
        return service

    def test_takes_a_day_a_person_and_the_typed_domain(
        self, colleague, ended, panel, clock, monkeypatch
    ):
        page = colleague.get(url("service", ended.id)).text
        assert "Pode ser removida a partir de" in page
        monkeypatch.setattr("alicerce.apps.hosting.web.suspending.now", lambda: LATER)

        shown = approve(
            colleague,
            url("service_remove", ended.id),
            shows=("padaria.com.br", "para sempre", "09:00"),
        )
        assert shown.status_code == 422  # the domain was not typed
        assert Service.objects.get().removal_confirmed_at is None

        colleague.post(shown.wsgi_request.get_full_path(), {"name": "padaria.com.br"})
        settle(ended, clock)
        assert panel.removed == [ended.username]
        assert "foi removida do servidor" in colleague.get(url("service", ended.id)).text

    def test_before_its_day_is_refused(self, colleague, ended, panel, monkeypatch):
        monkeypatch.setattr("alicerce.apps.hosting.web.suspending.now", lambda: NOON)
        monkeypatch.setattr("alicerce.surfaces.workspace.service_page.now", lambda: NOON)
        assert (
            url("service_remove", ended.id) not in colleague.get(url("service", ended.id)).text
        )

        shown = approve(colleague, url("service_remove", ended.id))
        said = colleague.post(
            shown.wsgi_request.get_full_path(), {"name": "padaria.com.br"}, follow=True
        ).text

        assert "ainda não chegou" in said
        assert Service.objects.get().removal_confirmed_at is None
        assert panel.removed == []

    def test_is_called_off_and_planned_by_hand(self, colleague, ended):
        colleague.post(url("service_keep", ended.id))
        assert Service.objects.get().removal_due_at is None

        colleague.post(url("service_removal", ended.id))
        assert Service.objects.get().removal_due_at is not None

    def test_asks_by_a_ticket_that_ends_with_it(self, ended, monkeypatch, panel, clock):
        monkeypatch.setattr("alicerce.apps.hosting.jobs.now", lambda: LATER)
        find_due_removals()
        run_jobs()

        (ticket,) = Ticket.objects.filter(entity="service")
        assert ticket.subject == "Remover padaria.com.br?"

        confirm_removal(service_id=ended.id, at=LATER)
        settle(ended, clock)
        run_jobs()
        ticket.refresh_from_db()
        assert ticket.status == "resolved"


class TestTickets:
    def test_of_a_stopped_operation_end_when_it_is_over(self, service, panel, clock):
        panel.before["account"] = [Unavailable("fora") for _ in range(60)]
        suspend(service)
        settle(service, clock)
        run_jobs()
        ticket = Ticket.objects.get(entity="provisioning_run")
        assert ticket.subject == "Suspensão de padaria.com.br parou"
        assert Message.objects.filter(template="operation_stopped").count() == 1

        panel.before["account"] = []
        retry_run(run_id=ticket.entity_id, at=clock())
        settle(service, clock)
        run_jobs()

        ticket.refresh_from_db()
        assert ticket.status == "resolved"


class TestPolicy:
    def test_is_kept_by_who_may_remove(self, colleague, site):
        typed = {
            "days_until_removal": 15,
            "remover": "clock",
            "web_alone": "nothing",
            "low_room": 2,
        }
        page = colleague.post(url("service_policy"), typed, follow=True).text

        assert "valem a partir de agora" in page
        assert Policy.objects.get().days_until_removal == 15

    def test_has_its_bounds(self, colleague, site):
        typed = {
            "days_until_removal": 9999,
            "remover": "clock",
            "web_alone": "nothing",
            "low_room": 2,
        }

        assert colleague.post(url("service_policy"), typed).status_code == 422


class TestDifferences:
    @pytest.fixture
    def difference(self, service, panel):
        panel.suspended[service.username] = "no WHM"
        compare_accounts(server_id=service.server_id, at=NOON)
        return Difference.objects.get()

    def test_are_listed_and_put_right(self, operator, difference, service, panel, clock):
        place = [service.tenant_id, difference.id]
        listed = operator.get(reverse("console:differences")).text
        assert "A conta foi suspensa por fora." in listed
        assert reverse("console:difference", args=place) in listed
        assert service.username in operator.get(reverse("console:dashboard")).text
        assert "Corrigir" in operator.get(reverse("console:difference", args=place)).text

        operator.post(reverse("console:difference_right", args=place))
        settle(service, clock)

        assert service.username not in panel.suspended
        assert "Nenhuma divergência" in operator.get(reverse("console:differences")).text

    def test_are_dismissed_with_a_note_and_opened_again(self, operator, difference, tenant):
        place = [tenant.id, difference.id]
        operator.post(reverse("console:difference_dismiss", args=place), {})
        assert Difference.objects.get().status == "open"

        operator.post(reverse("console:difference_dismiss", args=place), {"note": "Manutenção"})
        page = operator.get(reverse("console:differences"), {"visao": "dispensadas"}).text
        assert reverse("console:difference", args=place) in page

        operator.post(reverse("console:difference_reopen", args=place))
        assert Difference.objects.get().status == "open"

    def test_are_of_one_company(self, operator, difference):
        place = [uuid7(), difference.id]

        assert operator.get(reverse("console:difference", args=place)).status_code == 404
