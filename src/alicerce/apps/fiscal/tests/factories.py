"""The least that is valid, for tests."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.fiscal.models import FiscalDocument
from alicerce.apps.fiscal.services.keep_issuer import keep_certificate, save_issuer
from alicerce.apps.fiscal.services.queue_document import queue_document
from alicerce.apps.fiscal.types import IssuerSpec
from alicerce.vendors.nfse.tests.doubles import Sefin
from alicerce.vendors.simulation.certificates import COMPANY_PASSWORD, make_certificates

PASSWORD = COMPANY_PASSWORD
NOON = datetime(2026, 9, 1, 15, tzinfo=UTC)


def an_issuer(sefin: Sefin, **given: Any) -> None:
    """A company of São Paulo, in the Simples, reached over HTTPS."""
    facts: dict[str, Any] = {
        "document": "12345678000195",
        "city_code": "3550308",
        "city_registration": "1234",
        "simples": "3",
        "simples_regime": "1",
        "service_code": "010301",
        "base_url": sefin.settings.base_url,
        "ca_pem": sefin.settings.ca_pem,
    }
    whose = {"issuer_id": given.pop("issuer_id", None), "at": NOON}
    save_issuer(spec=IssuerSpec(**{**facts, **given}), **whose)
    keep_certificate(content=sefin.company, password=COMPANY_PASSWORD, **whose)


def a_document(**given: Any) -> FiscalDocument:
    """A queued one, of an invoice of its own."""
    customer_id = given.pop("customer_id", None) or a_customer().id
    invoice = given.pop("invoice", None) or an_invoice(customer_id=customer_id, **given)
    return FiscalDocument.objects.get(pk=queue_document(invoice_id=invoice.id, at=NOON))


def a_certificate(folder: Path) -> bytes:
    """A company's own, as a file that somebody uploads; it opens with PASSWORD."""
    return make_certificates(folder).company.read_bytes()
