"""One's own data: the client's page, and the operator's list of what is due."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import NOON, a_payment, an_account, an_invoice
from alicerce.apps.hosting.tests.factories import a_service
from alicerce.apps.identity.models import User
from alicerce.apps.privacy.models import PrivacyRequest
from alicerce.apps.privacy.queries import consent_of
from alicerce.apps.privacy.services.ask import ask_for_correction, ask_for_erasure
from alicerce.apps.privacy.services.export import build_export
from alicerce.apps.privacy.types import Purpose, RequestStatus
from alicerce.apps.support.models import TicketMessage
from alicerce.kernel.clock import now
from alicerce.surfaces.tests.conftest import approve

PAGE = "account_privacy"
FOLLOW = {"follow": True}


@pytest.fixture
def person(renata, renata_browser):
    return User.objects.get(email=renata.email)


def request_row():
    return PrivacyRequest.objects.order_by("-id").first()


def ask_for(browser, name):
    """Prove who one is, see once more, do it; the page that comes then."""
    return browser.get(approve(browser, reverse(name)).headers["Location"]).text


class TestAsking:
    @pytest.mark.parametrize("name", ["privacy_copy", "privacy_erase_confirm"])
    def test_needs_a_proof_good_for_one_request(self, name, renata_browser, person):
        url = reverse(f"account_{name}")
        assert renata_browser.post(url).status_code == 403
        assert not PrivacyRequest.objects.exists()

        done = approve(renata_browser, url)
        renata_browser.post(reverse("account_privacy_withdraw", args=[request_row().id]))
        again = renata_browser.post(done.wsgi_request.get_full_path())

        assert again.status_code == 403
        assert PrivacyRequest.objects.count() == 1
        assert Entry.objects.filter(action__startswith="privacy.", entity_id=person.id).exists()


class TestWhoMaySee:
    @pytest.mark.parametrize("page", [PAGE, "account_privacy_erase"])
    def test_the_client_pages(self, page, renata_browser, colleague, stranger):
        url = reverse(page)

        assert renata_browser.get(url).status_code == 200
        assert colleague.get(url).status_code == 200, "people of the team are people too"
        assert stranger.get(url).headers["Location"].startswith("/entrar/?next=/conta/")

    def test_who_follows_an_old_letter(self, renata_browser):
        answer = renata_browser.get(reverse("client:privacy"))

        assert answer.headers["Location"] == reverse(PAGE)

    def test_the_operators_list(self, operator, colleague, stranger):
        url = reverse("console:privacy")

        assert operator.get(url).status_code == 200
        assert colleague.get(url).status_code == 403
        assert stranger.get(url).headers["Location"].startswith("/entrar/?next=/admin/")

    @pytest.mark.parametrize(
        "button", ["privacy_copy", "privacy_consent", "privacy_erase_confirm"]
    )
    def test_the_buttons(self, button, stranger):
        url = reverse(f"account_{button}")

        assert stranger.post(url).status_code == 302
        assert not PrivacyRequest.objects.exists()


class TestCopy:
    def test_is_asked_for_made_and_fetched(self, renata_browser, person):
        asked = ask_for(renata_browser, "account_privacy_copy")
        assert f"Protocolo {request_row().protocol}" in asked
        assert "Em andamento" in asked

        build_export(request_id=request_row().id, at=now())
        url = reverse("account_privacy_export", args=[request_row().view().export_id])
        assert url in renata_browser.get(reverse(PAGE)).text

        assert renata_browser.post(url).status_code == 403
        assert not renata_browser.get(url).content.startswith(b"PK")
        answer = approve(renata_browser, url)
        assert answer.headers["Content-Type"] == "application/zip"
        assert answer.content.startswith(b"PK")
        assert "attachment" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "no-store"

    def test_is_nobody_elses(self, renata_browser, bruno_browser, person):
        ask_for(renata_browser, "account_privacy_copy")
        build_export(request_id=request_row().id, at=now())
        url = reverse("account_privacy_export", args=[request_row().view().export_id])

        assert bruno_browser.get(url).status_code == 404
        assert (
            renata_browser.get(reverse("account_privacy_export", args=[uuid4()])).status_code
            == 404
        )

    def test_is_fetched_by_a_proof_each_time(self, renata_browser, person):
        ask_for(renata_browser, "account_privacy_copy")
        build_export(request_id=request_row().id, at=now())
        url = reverse("account_privacy_export", args=[request_row().view().export_id])

        fetched = approve(renata_browser, url)
        again = renata_browser.post(fetched.wsgi_request.get_full_path())

        assert (fetched.status_code, again.status_code) == (200, 403)
        assert Entry.objects.filter(action="privacy.download_approved").count() == 1

    def test_is_gone_after_three_days(self, renata_browser, person):
        ask_for(renata_browser, "account_privacy_copy")
        build_export(request_id=request_row().id, at=now() - timedelta(days=4))
        url = reverse("account_privacy_export", args=[request_row().view().export_id])

        assert "expirou" in renata_browser.get(url, **FOLLOW).text

    def test_is_not_asked_for_twice(self, renata_browser, person):
        for _ in range(2):
            told = ask_for(renata_browser, "account_privacy_copy")

        assert "Já existe um pedido" in told
        assert PrivacyRequest.objects.count() == 1


class TestCorrection:
    def test_becomes_a_ticket_that_the_operator_answers(
        self, renata_browser, person, operator, tenant
    ):
        renata_browser.post(reverse(PAGE), {"words": "Meu nome é Renata Souza Lima."})
        assert TicketMessage.objects.get().body == "Meu nome é Renata Souza Lima."

        page = operator.get(reverse("console:privacy")).text
        url = reverse("console:privacy_answer", args=[tenant.id, request_row().id])
        assert url in page
        assert "Renata Souza" in page

        operator.post(url)
        assert request_row().status == RequestStatus.DONE
        assert url not in operator.get(reverse("console:privacy")).text
        assert "Concluído" in operator.get(reverse("console:privacy"), {"visao": "todos"}).text

    def test_needs_words(self, renata_browser):
        assert renata_browser.post(reverse(PAGE), {"words": ""}).status_code == 422

    def test_that_is_late_is_marked(self, person, operator):
        ask_for_correction(user_id=person.id, words="x", at=now() - timedelta(days=20))

        assert "Vencido" in operator.get(reverse("console:privacy")).text

    def test_of_another_tenant_is_absent(self, person, operator, tenant):
        url = reverse("console:privacy_answer", args=[tenant.id, uuid4()])

        assert operator.post(url).status_code == 404


class TestConsent:
    def test_is_given_and_taken_back(self, renata_browser, person):
        for said in ("sim", ""):
            url = reverse("account_privacy_consent")
            renata_browser.post(url, {"finalidade": "news", "vale": said})
            assert consent_of(person.id, Purpose.NEWS).given is bool(said)

    def test_to_nothing_we_know_changes_nothing(self, renata_browser):
        answer = renata_browser.post(reverse("account_privacy_consent"), {"finalidade": "x"})

        assert answer.status_code == 302


class TestErasure:
    def test_shows_first_what_would_happen(self, renata_browser):
        page = renata_browser.get(reverse("account_privacy_erase")).text

        assert "Cadastro de cliente" in page
        assert "Apagar meus dados" in page

    def test_names_the_law_and_the_day_of_what_is_kept(self, renata, renata_browser):
        invoice = an_invoice(customer_id=renata.id)
        book_payment(account_id=an_account().id, paid=a_payment(invoice.id), at=NOON)

        page = renata_browser.get(reverse("account_privacy_erase")).text

        assert "Guardado até 1 de jan. de 2032: obrigação fiscal" in page

    def test_is_asked_for_and_withdrawn(self, renata_browser, person):
        told = ask_for(renata_browser, "account_privacy_erase_confirm")
        assert "Agendado" in told

        url = reverse("account_privacy_withdraw", args=[request_row().id])
        assert url in told
        assert "Desistência" in renata_browser.post(url, **FOLLOW).text

    def test_is_withdrawn_by_nobody_else(self, renata_browser, bruno_browser, person):
        request_id = ask_for_erasure(user_id=person.id, at=now())

        url = reverse("account_privacy_withdraw", args=[request_id])
        assert bruno_browser.post(url).status_code == 404
        assert request_row().status == RequestStatus.SCHEDULED

    def test_is_refused_while_there_is_a_contract(self, renata, renata_browser):
        a_service(customer=renata)

        assert "Cancele-os antes" in renata_browser.get(reverse("account_privacy_erase")).text
        told = ask_for(renata_browser, "account_privacy_erase_confirm")
        assert "contrato em vigor" in told
        assert not PrivacyRequest.objects.exists()
