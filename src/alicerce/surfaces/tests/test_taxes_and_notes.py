"""Taxes and tax documents on pages and in the API: written down, tried, asked for, read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.fiscal.models import FiscalDocument, FiscalTask, Issuer
from alicerce.apps.fiscal.services.cancel_document import open_task
from alicerce.apps.fiscal.tests.factories import PASSWORD, a_certificate
from alicerce.apps.taxes.models import Exemption, PlanCode, TaxRate
from alicerce.apps.taxes.queries import local_day
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.surfaces.tests.conftest import approve, browser

ISSUER = {
    "document": "12.345.678/0001-95",
    "city_code": "3550308",
    "city_registration": "1234",
    "series": "1",
    "simples": "3",
    "simples_regime": "1",
    "service_code": "010301",
    "when": "by_hand",
    "environment": "2",
}
KEY = "1" * 50


@pytest.fixture
def finance(site):
    person = a_person("fabio@padaria.example", name="Fábio")
    a_member(site, person, "finance")
    return browser(person)


@pytest.fixture
def reader(site):
    person = a_person("lia@padaria.example", name="Lia")
    a_member(site, person, "read_only")
    return browser(person)


@pytest.fixture
def certificate(tmp_path):
    return a_certificate(tmp_path / "certificates")


def tax(**given):
    facts = {
        "name": "ISS",
        "kind": "iss",
        "rate": "5,0",
        "manner": "added",
        "withholding": "customer",
        "customer_kind": "company",
        "city_code": "3550308",
        "starts_on": local_day(now()).isoformat(),
        "reason": "lei municipal",
    }
    return {**facts, **given}


class TestTaxes:
    def test_are_proven_seen_once_more_and_then_on_the_next_invoice(self, finance, reader):
        asked = finance.post(reverse("workspace:tax_new"), tax())
        approve(finance, asked, shows=("ISS", "5%", "Empresas"))
        assert TaxRate.objects.get().rate_ppm == 50_000

        shown = finance.get(reverse("workspace:tax_preview")).text
        assert "R$\xa0105,00" in shown
        person = finance.get("/app/financeiro/impostos/simular/?amount=100&kind=person").text
        assert "Nada recai sobre esta fatura." in person

        ended = finance.post(
            reverse("workspace:tax_end", args=[TaxRate.objects.get().id]),
            {"ends_on": local_day(now()).isoformat(), "reason": "mudou"},
        )
        approve(finance, ended, shows=("mudou",))
        assert TaxRate.objects.get().ends_on is not None
        assert "Encerrar" not in reader.get(reverse("workspace:taxes")).text
        assert reader.get(reverse("workspace:tax_new")).status_code == 403

    def test_know_a_customer_and_a_plan(self, finance, renata):
        tab = reverse("workspace:customer_taxes", args=[renata.id])
        place = reverse("workspace:customer_tax_place", args=[renata.id])
        finance.post(place, {"city_code": "3550308"})
        exempt = {"kind": "iss", "starts_on": "2026-01-01", "reason": "Imune"}
        finance.post(reverse("workspace:customer_exempt", args=[renata.id]), exempt)
        shown = finance.get(tab).text
        assert "3550308" in shown
        assert "Imune" in shown
        row = Exemption.objects.get()
        finance.post(reverse("workspace:customer_exemption_end", args=[row.id]))
        row.refresh_from_db()
        assert row.ends_on == local_day(now())

        url = reverse("workspace:plan_service", args=[a_price().plan_id])
        assert finance.post(url, {"service_code": "1"}).status_code == 422
        finance.post(url, {"service_code": "010301", "nbs": "115022000"})
        assert PlanCode.objects.get().service_code == "010301"


class TestNotes:
    def test_are_asked_for_read_and_cancelled_by_who_may(
        self, finance, reader, renata, certificate
    ):
        invoice = _issued(finance, renata, certificate)
        finance.post(reverse("workspace:invoice_document", args=[invoice.id]))
        document = FiscalDocument.objects.get()
        page = reverse("workspace:fiscal_document", args=[document.id])
        assert document.dps_id in finance.get(page).text
        assert document.dps_id not in reader.get(reverse("workspace:fiscal_documents")).text
        assert (
            "Na fila"
            in reader.get(f"{reverse('workspace:fiscal_documents')}?estado=queued").text
        )

        document.authorize(key=KEY, number="7", xml="<NFSe/>", at=now())
        xml = reader.get(reverse("workspace:fiscal_document_xml", args=[document.id]))
        assert xml.headers["Content-Disposition"].endswith(f'NFSe-{KEY}.xml"')
        public = finance.get(reverse("site:invoice", args=[invoice.token])).text
        assert f"chave={KEY}" in public

        cancel = reverse("workspace:fiscal_document_cancel", args=[document.id])
        wanted = {"code": "2", "reason": "O serviço não foi prestado"}
        assert finance.post(cancel, {**wanted, "reason": "curto"}).status_code == 422
        approve(finance, finance.post(cancel, wanted), shows=("NFS-e nº 7",))
        document.refresh_from_db()
        assert document.status == "cancel_requested"
        assert reader.post(cancel, wanted).status_code == 403

    def test_of_what_was_credited_wait_for_somebody(self, finance, renata, certificate):
        invoice = _issued(finance, renata, certificate)
        finance.post(reverse("workspace:invoice_document", args=[invoice.id]))
        document = FiscalDocument.objects.get()
        document.authorize(key=KEY, number="7", xml="<NFSe/>", at=now())
        note_id = credit_invoice(
            invoice_id=invoice.id, wanted=[Credited(1000)], reason="acordo", at=now()
        )
        task_id = open_task(credit_note_id=note_id, invoice_id=invoice.id, at=now())

        assert "R$\xa010,00" in finance.get(reverse("workspace:fiscal_tasks")).text
        substitute = reverse("workspace:fiscal_document_substitute", args=[document.id])
        approve(finance, substitute, shows=("R$\xa039,90",))
        assert FiscalDocument.objects.current().get().amount_cents == 3990
        dismiss = reverse("workspace:fiscal_task_dismiss", args=[task_id])
        finance.post(dismiss, {"reason": "mês fechado"})
        assert FiscalTask.objects.get().closed_at is not None

    def test_are_sent_again_once_what_was_wrong_is_right(self, finance, renata, certificate):
        invoice = _issued(finance, renata, certificate)
        finance.post(reverse("workspace:invoice_document", args=[invoice.id]))
        document = FiscalDocument.objects.get()
        document.reject(code="taker_document", reason="")
        page = reverse("workspace:fiscal_document", args=[document.id])
        assert "não tem CPF nem CNPJ" in finance.get(page).text

        finance.post(reverse("workspace:fiscal_document_retry", args=[document.id]))
        document.refresh_from_db()
        assert (document.status, document.number) == ("queued", 1)


class TestIssuer:
    def test_goes_to_no_other_address_unproven(self, finance, renata, certificate):
        _issued(finance, renata, certificate)
        elsewhere = {**ISSUER, "base_url": "https://notas.elsewhere.example"}

        asked = finance.post(reverse("workspace:fiscal_issuer"), elsewhere)
        assert finance.post(asked.headers["Location"]).status_code == 403
        assert Issuer.objects.get().base_url == ""
        approve(finance, asked, shows=("Oficial do ambiente →", "notas.elsewhere.example"))
        assert Issuer.objects.get().base_url == elsewhere["base_url"]


def _issued(finance, renata, certificate):
    """A company that may issue, and an invoice."""
    saved = finance.post(reverse("workspace:fiscal_issuer"), ISSUER)
    assert not Issuer.objects.exists(), "who issues is proven first"
    approve(finance, saved, shows=("12.345.678/0001-95", "Oficial do ambiente"))
    told = {
        "certificate": SimpleUploadedFile("empresa.p12", certificate),
        "password": PASSWORD,
    }
    url = reverse("workspace:fiscal_certificate")
    assert finance.post(url, {**told, "password": "outra"}).status_code == 422
    told["certificate"].seek(0)
    asked = finance.post(url, told)
    assert not Issuer.objects.get().certificate_until, "what signs is proven first"
    assert PASSWORD not in str(dict(finance.session))
    approve(finance, asked, shows=("Impressão digital", "Nenhum"))
    assert Issuer.objects.get().certificate_until
    made = an_invoice(Money(4990), customer_id=renata.id, at=now())
    return billing.invoice(made.id)
