"""The client area: only what is the person's own."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Charge
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.billing.types import NewLine
from alicerce.apps.hosting.tests.doubles import drive
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service, run_of
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import browser

LISTS = ["home", "services", "invoices"]

pytestmark = pytest.mark.usefixtures("panel", "zones")


def an_invoice(customer, item="Hospedagem Pro, mensal"):
    return billing.invoice_for_order(
        customer_id=customer.id,
        order_id=uuid7(),
        lines=[NewLine(item, 1, Money(8990))],
        due_on=date(2026, 9, 4),
        at=NOON,
    )


@pytest.fixture
def things(renata):
    service = a_service(customer=renata)
    return {"service": service.id, "invoice": an_invoice(renata)}


@pytest.fixture
def others(bruno_browser, colleague, stranger):
    """Another customer, somebody of the company who buys nothing, and who is not known."""
    return bruno_browser, colleague, stranger


class TestWhoMaySee:
    @pytest.mark.parametrize("page", LISTS)
    def test_lists(self, page, renata_browser, colleague, stranger):
        url = reverse(f"client:{page}")

        assert renata_browser.get(url).status_code == 200
        assert colleague.get(url).status_code == 403
        assert stranger.get(url).headers["Location"] == f"/entrar/?next={url}"

    @pytest.mark.parametrize("page", ["service", "invoice"])
    def test_pages(self, page, renata_browser, others, things):
        bruno_browser, colleague, stranger = others
        url = reverse(f"client:{page}", args=[things[page]])

        assert renata_browser.get(url).status_code == 200
        assert bruno_browser.get(url).status_code == 404
        assert colleague.get(url).status_code == 403
        assert stranger.get(url).headers["Location"] == f"/entrar/?next={url}"

    @pytest.mark.parametrize("page", ["service", "invoice"])
    def test_another_companys_are_as_absent_as_none(self, page, renata_browser, other_tenant):
        with other_tenant:
            service = a_service(domain="oficina.com.br")
            theirs = {"service": service.id, "invoice": an_invoice(service.customer)}

        foreign = renata_browser.get(reverse(f"client:{page}", args=[theirs[page]]))
        absent = renata_browser.get(reverse(f"client:{page}", args=[uuid4()]))

        assert (foreign.status_code, foreign.text) == (404, absent.text)

    def test_paying(self, renata_browser, others, things):
        bruno_browser, _colleague, stranger = others
        url = reverse("client:invoice_payment", args=[things["invoice"]])
        strict = browser(renata_browser.get("/").wsgi_request.user, enforce_csrf_checks=True)

        assert bruno_browser.post(url, {"method": "pix"}).status_code == 404
        assert stranger.post(url).headers["Location"].startswith("/entrar/")
        assert strict.post(url, {"method": "pix"}).status_code == 403
        assert renata_browser.post(url, {"method": "cheque"}).status_code == 404


class TestHome:
    def test_starts_with_what_is_to_pay(self, renata_browser, things):
        page = renata_browser.get(reverse("client:home")).text

        assert "Olá, Renata" in page
        assert "R$\xa089,90" in page
        assert "padaria.com.br" in page

    def test_says_when_nothing_is(self, bruno_browser, things):
        page = bruno_browser.get(reverse("client:home")).text

        assert "Tudo em dia." in page
        assert "Nenhum serviço ainda" in page
        assert "padaria.com.br" not in page


class TestService:
    def test_shows_the_activation_while_it_runs_and_how_to_point_the_domain(
        self, renata, renata_browser, clock
    ):
        a_server()
        service = a_service(customer=renata)
        url = reverse("client:service", args=[service.id])

        during = renata_browser.get(url).text
        drive(run_of(service), clock)
        after = renata_browser.get(url).text

        assert 'hx-trigger="every 2s"' in during
        assert "hx-get" not in after
        assert "ns1.padaria.example" in after
        assert "Zona de DNS" in after

    def test_people_read_accents_and_one_hover_away_what_the_zone_holds(
        self, renata, renata_browser, clock
    ):
        a_server()
        service = a_service(customer=renata, domain="xn--po-quente-l2a.com.br")
        drive(run_of(service), clock)

        page = renata_browser.get(reverse("client:service", args=[service.id])).text

        assert (
            '<span class="mono" title="xn--po-quente-l2a.com.br">pão-quente.com.br</span>'
            in page
        )
        assert page.count("xn--") == 1

    def test_a_stopped_one_says_that_we_know(self, renata, renata_browser, clock):
        service = a_service(customer=renata)
        drive(run_of(service), clock)

        page = renata_browser.get(reverse("client:service", args=[service.id])).text

        assert "Nossa equipe já foi avisada" in page


class TestInvoice:
    def test_shows_its_lines_and_that_nobody_can_be_paid_yet(self, renata_browser, things):
        page = renata_browser.get(reverse("client:invoice", args=[things["invoice"]])).text

        assert "Hospedagem Pro, mensal" in page
        assert "Ainda não dá para pagar por aqui" in page

    def test_a_method_nobody_offers_is_refused_in_words(self, renata_browser, things):
        url = reverse("client:invoice_payment", args=[things["invoice"]])

        page = renata_browser.post(url, {"method": "pix"}, follow=True).text

        assert "Esta forma de pagamento não está disponível" in page

    def test_views_keep_apart_what_is_open(self, renata_browser, things):
        invoices = reverse("client:invoices")

        assert "R$\xa089,90" in renata_browser.get(invoices, {"visao": "abertas"}).text
        assert "R$\xa089,90" not in renata_browser.get(invoices, {"visao": "pagas"}).text

    def test_lines_written_with_punycode_are_read_with_accents(self, renata, renata_browser):
        invoice = an_invoice(renata, "Hospedagem · xn--po-quente-l2a.com.br")

        page = renata_browser.get(reverse("client:invoice", args=[invoice])).text

        assert "Hospedagem · pão-quente.com.br" in page
        assert "xn--" not in page


class TestPaying:
    @pytest.fixture
    def invoice(self, renata, provider):
        an_account()
        return an_invoice(renata)

    def test_shows_the_code_when_the_provider_gave_it_and_goes_on_when_it_was_paid(
        self, renata_browser, invoice, provider
    ):
        url = reverse("client:invoice_payment", args=[invoice])
        shown = renata_browser.post(url, {"method": "pix"}).headers["Location"]

        waiting = renata_browser.get(shown).text
        run_jobs()
        payable = renata_browser.get(shown).text
        charge = billing.charges_of(invoice)[0]
        book_payment(
            account_id=Charge.objects.get(pk=charge.id).account_id,
            paid=a_payment(invoice, amount=Money(8990)),
            at=NOON,
        )
        paid = renata_browser.get(shown).text

        assert "Gerando o Pix…" in waiting
        assert "00020126" in payable
        assert 'hx-trigger="every 2s"' in payable
        assert "Fatura paga" in paid
        assert "hx-get" not in paid

    def test_by_the_link_needs_no_sign_in(self, stranger, invoice, provider):
        token = billing.invoice(invoice).token
        pay = reverse("site:invoice_payment", args=[token])

        answer = stranger.post(pay, {"method": "pix"})

        assert answer.headers["Location"] == f"/fatura/{token}/?forma=pix"
        assert len(billing.charges_of(invoice)) == 1
        assert Client(enforce_csrf_checks=True).post(pay, {"method": "pix"}).status_code == 403


class TestInvoiceLink:
    def test_opens_without_signing_in(self, stranger, things):
        token = billing.invoice(things["invoice"]).token

        answer = stranger.get(reverse("site:invoice", args=[token]))

        assert "Hospedagem Pro, mensal" in answer.text
        assert answer.headers["X-Robots-Tag"] == "noindex"

    def test_of_another_company_or_of_nobody_is_absent(self, stranger, other_tenant):
        with other_tenant:
            token = billing.invoice(an_invoice(a_service().customer)).token

        assert stranger.get(reverse("site:invoice", args=[token])).status_code == 404
        assert stranger.get(reverse("site:invoice", args=["nada"])).status_code == 404
        pay = reverse("site:invoice_payment", args=[token])
        assert stranger.post(pay, {"method": "pix"}).status_code == 404
