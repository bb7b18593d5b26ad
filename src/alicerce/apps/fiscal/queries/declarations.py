"""What a document declares, gathered anew each time it is written: what was wrong may be right by now."""

from dataclasses import replace
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.customers import public as customers
from alicerce.apps.fiscal.errors import NoIssuer
from alicerce.apps.fiscal.models import FiscalDocument, Issuer
from alicerce.apps.fiscal.ports import DocumentOrder, IssuerConfig, Taker, TakerAddress
from alicerce.apps.fiscal.rules import code_of, description_of
from alicerce.apps.fiscal.types import Declared, Environment
from alicerce.apps.taxes import public as taxes


def config_of(row: Issuer, document: FiscalDocument | None = None) -> IssuerConfig:
    """Secrets in the clear: it lives in memory only. A document keeps the environment it was made for."""
    cert, key = row.pems()
    spec = row.spec()
    if document is not None:
        spec = replace(spec, environment=Environment(document.environment))
    return IssuerConfig(spec, spec.base_url, cert, key)


def issuing(invoice_id: UUID) -> Issuer | None:
    """As whom the document of an invoice is made: as who issued that, under the number it has on it. Raises NoSuchInvoice."""
    found = billing.issuer_of_invoice(invoice_id)
    row: Issuer | None = Issuer.objects.of(None if found.is_own else found.id).first()
    is_same = row is not None and (found.is_own or row.document == found.document)
    return row if is_same else None


def sure_issuing(invoice_id: UUID) -> Issuer:
    """Of a document that is there already. Raises NoIssuer."""
    found = issuing(invoice_id)
    if found is None:
        raise NoIssuer
    return found


def order_of(document: FiscalDocument, issuer: Issuer) -> DocumentOrder:
    """The same facts give the same order."""
    found = billing.declared_of(document.invoice_id)
    summary = billing.invoice(document.invoice_id)
    code = code_of(found.codes, issuer.service_code)
    known = taxes.codes_of_service(code)
    return DocumentOrder(
        dps_id=document.dps_id,
        series=document.series,
        number=document.number,
        issued_at=document.queued_at,
        taker=_taker(document.customer_id),
        declared=Declared(
            service_code=code,
            service_cents=found.cents,
            description=description_of(found.descriptions, summary.code),
            competence=taxes.local_day(summary.opened_at),
            taxes=found.taxes,
        ),
        city_service_code=known.city_service_code if known else "",
        nbs=(known.nbs if known else "") or issuer.nbs,
        replaces_key=document.replaces.access_key if document.replaces else "",
    )


def _taker(customer_id: UUID) -> Taker:
    profile = customers.customer_detail(customer_id).profile
    return Taker(
        name=profile.name,
        document=profile.document,
        city_registration=profile.city_registration,
        email=profile.email,
        phone="".join(filter(str.isdigit, profile.phone)),
        address=_address(customer_id),
    )


def _address(customer_id: UUID) -> TakerAddress | None:
    """Only with the city's code: the layout has no other way to say where."""
    found, place = customers.billing_address(customer_id), taxes.place_of(customer_id)
    if found is None or place is None or not place.city_code:
        return None
    return TakerAddress(
        place.city_code,
        found.postal_code,
        found.street,
        found.number,
        found.complement,
        found.district,
    )
