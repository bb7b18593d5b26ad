"""One note of an invoice, whatever the line does; cancelled, substituted, and asked about."""

from datetime import timedelta

import pytest

from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.keep_issuers import add_issuer, make_default
from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.billing.types.issuers import IssuerForm
from alicerce.apps.fiscal.errors import (
    CertificateExpired,
    CertificateOfAnother,
    CertificateRefused,
    DocumentNotSo,
    IssuerNotSound,
    NoIssuer,
    NothingToDeclare,
)
from alicerce.apps.fiscal.models import FiscalDocument, FiscalTask, Issuer
from alicerce.apps.fiscal.queries.documents import links_of, open_tasks, tenants_with_unsettled
from alicerce.apps.fiscal.services.cancel_document import (
    ask_cancellation,
    dismiss_task,
    open_task,
    perform_cancellation,
    settle_tasks,
)
from alicerce.apps.fiscal.services.keep_issuer import keep_certificate, save_issuer
from alicerce.apps.fiscal.services.look_again import look_again
from alicerce.apps.fiscal.services.queue_document import (
    queue_by_itself,
    queue_document,
    retry_document,
    substitute_document,
)
from alicerce.apps.fiscal.services.send_document import send_document
from alicerce.apps.fiscal.tests.factories import NOON, a_document, an_issuer
from alicerce.apps.fiscal.types import CancelCode, IssuerSpec, IssueWhen
from alicerce.apps.taxes.tests.factories import a_tax
from alicerce.apps.taxes.types import Manner, Withholding
from alicerce.kernel.http import Unavailable, Unknown
from alicerce.kernel.money import Money
from alicerce.vendors.nfse.client import NfseClient
from alicerce.vendors.simulation.certificates import COMPANY_PASSWORD

REASON = "O serviço não foi prestado"
LATER = NOON + timedelta(minutes=6)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    """Nobody waits half a minute for an answer that never comes."""
    patient = NfseClient.__init__

    def impatient(self, settings, *, timeout=1):
        patient(self, settings, timeout=timeout)

    monkeypatch.setattr(NfseClient, "__init__", impatient)


def sent(document, *, at=NOON):
    send_document(document_id=document.id, at=at)
    document.refresh_from_db()
    return document


def credited(invoice, cents):
    return credit_invoice(
        invoice_id=invoice.id, wanted=[Credited(cents)], reason="acordo", at=NOON
    )


def names(published):
    return [event.name for event in published]


class TestSendDocument:
    def test_is_authorized_with_its_key_and_shown_to_who_pays(self, tenant, sefin, published):
        an_issuer(sefin)
        document = sent(a_document())

        assert (document.status, document.note_number) == ("authorized", "1")
        assert document.dps_id == "DPS355030821234567800019500001000000000000001"
        assert document.access_key in links_of(document.invoice_id)[0].url
        assert names(published).count("fiscal_document.authorized") == 1

    def test_killed_between_sending_and_answer_leaves_one_note(self, tenant, sefin):
        an_issuer(sefin)
        document = a_document()
        sefin.faults.arm("execute_then_drop", match="issue")
        with pytest.raises(Unknown):
            sent(document)
        document.refresh_from_db()
        assert document.status == "sent"

        sent(document)
        sent(document)

        assert document.status == "authorized"
        assert sefin.registry.notes() == [document.access_key]
        asked = [call.operation for call in sefin.faults.calls]
        assert asked.count("nfse.issue") == 1

    def test_that_never_arrived_is_sent_once_it_was_asked_about(self, tenant, sefin):
        an_issuer(sefin)
        document = a_document()
        sefin.faults.arm("500", match="issue")
        with pytest.raises(Unknown):
            sent(document)

        sent(document)

        asked = [call.operation for call in sefin.faults.calls]
        assert asked == ["nfse.issue", "nfse.of_dps", "nfse.issue"]
        assert len(sefin.registry.notes()) == 1

    def test_that_certainly_did_not_leave_stays_queued(self, tenant, sefin):
        an_issuer(sefin, base_url="https://127.0.0.1:9")
        document = a_document()

        with pytest.raises(Unavailable):
            sent(document)

        document.refresh_from_db()
        assert (document.status, document.sent_at) == ("queued", None)

    def test_refused_waits_for_a_fix_and_keeps_its_number(self, tenant, sefin, published):
        an_issuer(sefin)
        document = a_document()
        sefin.faults.arm("reject", match="issue")
        sent(document)
        assert (document.status, document.code) == ("rejected", "E0312")

        retry_document(document_id=document.id, at=NOON)
        again = sent(document)

        assert (again.status, again.number) == ("authorized", 1)
        assert names(published).count("fiscal_document.rejected") == 1
        with pytest.raises(DocumentNotSo):
            retry_document(document_id=document.id, at=NOON)

    def test_is_not_sent_where_it_would_be_refused(self, tenant, sefin):
        an_issuer(sefin, service_code="")
        document = sent(a_document())
        assert (document.status, document.code) == ("rejected", "service_code")
        assert sefin.faults.calls == []

        an_issuer(sefin)
        a_tax(manner=Manner.WITHIN, withholding=Withholding.ALWAYS, at=NOON)
        kept_back = sent(a_document())
        assert (kept_back.status, kept_back.code) == ("rejected", "taker_address")

    def test_declares_prices_taxes_and_codes(self, tenant, sefin):
        an_issuer(sefin, simples="1", simples_regime="")
        a_tax(rate_ppm=29_000, at=NOON)
        document = sent(a_document(total=Money(10_000)))

        assert "<vServ>100.00</vServ>" in document.note_xml
        assert "<pAliq>2.90</pAliq>" in document.note_xml
        assert "<vTotTribMun>2.90</vTotTribMun>" in document.note_xml
        assert "<cTribNac>010301</cTribNac>" in document.note_xml


class TestQueueDocument:
    def test_follows_what_the_company_wants_it_to(self, tenant, sefin):
        an_issuer(sefin, when=IssueWhen.PAID)
        invoice = an_invoice()

        assert queue_by_itself(invoice_id=invoice.id, when=IssueWhen.ISSUED, at=NOON) is None
        made = queue_by_itself(invoice_id=invoice.id, when=IssueWhen.PAID, at=NOON)
        assert made
        assert made == queue_document(invoice_id=invoice.id, at=NOON)

    def test_needs_an_issuer_and_something_to_declare(self, tenant, sefin):
        invoice = an_invoice()
        with pytest.raises(NoIssuer):
            queue_document(invoice_id=invoice.id, at=NOON)
        an_issuer(sefin)
        credited(invoice, invoice.total_cents)
        with pytest.raises(NothingToDeclare):
            queue_document(invoice_id=invoice.id, at=NOON)

    def test_declares_as_who_issued_the_invoice_and_never_as_another(self, tenant, sefin):
        an_issuer(sefin)
        form = IssuerForm("Nuvem Sul Hospedagem Ltda", "12345678000276", "99")
        south = add_issuer(form=form, series="SUL", at=NOON)
        make_default(issuer_id=south, at=NOON)
        invoice = an_invoice()
        with pytest.raises(NoIssuer):
            queue_document(invoice_id=invoice.id, at=NOON)
        with pytest.raises(IssuerNotSound):
            an_issuer(sefin, issuer_id=south)
        an_issuer(sefin, issuer_id=south, document="12345678000276", series="7")

        document = sent(a_document(invoice=invoice))

        assert (document.series, document.number) == ("7", 1)
        assert "<CNPJ>12345678000276</CNPJ>" in document.sent_xml
        make_default(issuer_id=tenant.id, at=NOON)
        assert "12345678000195" in a_document().dps_id


class TestCancellation:
    def test_happens_once_though_the_answer_was_lost(self, tenant, sefin, published):
        an_issuer(sefin)
        document = sent(a_document())
        ask_cancellation(
            document_id=document.id, code=CancelCode.NOT_DONE, reason=REASON, at=NOON
        )
        sefin.faults.arm("execute_then_drop", match="event")
        with pytest.raises(Unknown):
            perform_cancellation(document_id=document.id, at=NOON)

        assert look_again(at=LATER) == 1
        perform_cancellation(document_id=document.id, at=LATER)

        document.refresh_from_db()
        assert document.status == "cancelled"
        assert sefin.registry.is_cancelled(document.access_key)
        assert names(published).count("fiscal_document.cancelled") == 1
        assert queue_document(invoice_id=document.invoice_id, at=NOON) != document.id

    def test_refused_leaves_the_note_as_it_is(self, tenant, sefin):
        an_issuer(sefin)
        document = sent(a_document())
        ask_cancellation(
            document_id=document.id, code=CancelCode.OTHER, reason="curto", at=NOON
        )

        perform_cancellation(document_id=document.id, at=NOON)

        document.refresh_from_db()
        assert (document.status, document.code) == ("authorized", "E1831")

    def test_of_what_was_credited_is_a_task_and_its_substitute_says_what_is_left(
        self, tenant, sefin
    ):
        an_issuer(sefin)
        invoice = an_invoice(Money(10_000))
        document = sent(a_document(invoice=invoice))
        note = credited(invoice, 4000)
        for _ in range(2):
            open_task(credit_note_id=note, invoice_id=invoice.id, at=NOON)
        [task] = open_tasks()
        assert task.amount == Money(4000)

        other = FiscalDocument.objects.get(
            pk=substitute_document(document_id=document.id, at=NOON)
        )
        sent(other)
        settle_tasks(document_id=document.id, resolution="substituted", at=NOON)

        document.refresh_from_db()
        assert (document.status, other.status) == ("substituted", "authorized")
        assert "<vServ>60.00</vServ>" in other.note_xml
        assert f"<chSubstda>{document.access_key}</chSubstda>" in other.note_xml
        assert sefin.registry.is_cancelled(document.access_key)
        assert open_tasks() == []

    def test_may_be_left_undone_with_a_reason(self, tenant, sefin):
        an_issuer(sefin)
        invoice = an_invoice()
        sent(a_document(invoice=invoice))
        note = credited(invoice, 100)
        task = open_task(credit_note_id=note, invoice_id=invoice.id, at=NOON)

        dismiss_task(task_id=task, reason="mês fechado", at=NOON)

        assert FiscalTask.objects.get().resolution == "kept"


class TestIssuer:
    def test_keeps_its_certificate_sealed(self, tenant, sefin):
        an_issuer(sefin)
        row = Issuer.objects.get()

        assert b"PRIVATE" not in bytes(row.certificate)
        assert "PRIVATE KEY" in row.pems()[1]

    def test_takes_no_certificate_of_another_nor_one_that_is_over(self, tenant, sefin):
        save_issuer(spec=IssuerSpec("11222333000181", "3550308"), at=NOON)
        told = {"content": sefin.company, "password": COMPANY_PASSWORD, "at": NOON}
        with pytest.raises(CertificateOfAnother):
            keep_certificate(**told)
        with pytest.raises(CertificateRefused):
            keep_certificate(**{**told, "password": "outra"})
        with pytest.raises(CertificateExpired):
            keep_certificate(**{**told, "at": NOON.replace(year=3000)})
        with pytest.raises(IssuerNotSound):
            save_issuer(spec=IssuerSpec("123", "3550308"), at=NOON)

    def test_of_others_is_not_seen(self, tenant, other_tenant, sefin):
        with other_tenant as other:
            an_issuer(sefin)
            a_document()

        assert FiscalDocument.objects.count() == 0
        assert tenants_with_unsettled(LATER) == [other.id]
