"""As whom the company asks for money, and who bills whom."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from alicerce.apps.billing.errors import NoSuchInvoice, NoSuchIssuer
from alicerce.apps.billing.models import SERIES, CustomerIssuer, Invoice, InvoiceCounter, Issuer
from alicerce.apps.billing.types import NewInvoice
from alicerce.apps.billing.types.issuers import IssuerCard, IssuerStanding
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.rest.answers import Row
from alicerce.ui.formats import tax_id


def issuers() -> list[IssuerCard]:
    """The company itself first, then the others as they came."""
    others = [row.card() for row in Issuer.objects.order_by("id")]
    return [_own(is_default=not any(one.is_default for one in others)), *others]


def issuer(issuer_id: UUID) -> IssuerCard:
    """Raises NoSuchIssuer."""
    found = next((one for one in issuers() if one.id == issuer_id), None)
    if found is None:
        raise NoSuchIssuer
    return found


def issuer_of_series(series: str) -> IssuerCard:
    """Whose invoices these are; a series that is nobody else's is the company's."""
    row = Issuer.objects.filter(series=series).first()
    return row.card() if row else _own()


def issuer_of_invoice(invoice_id: UUID) -> IssuerCard:
    """Raises NoSuchInvoice."""
    series = Invoice.objects.filter(pk=invoice_id).values_list("series", flat=True).first()
    if series is None:
        raise NoSuchInvoice
    return issuer_of_series(series)


def issuer_words(found: IssuerCard) -> str:
    """The name and the number of the registry."""
    return " · ".join(filter(None, [found.legal_name, tax_id(found.document)]))


def issuer_in_letters(series: str) -> str:
    """Who issued what a letter is about; empty where that is the company, which signs it anyway."""
    found = issuer_of_series(series)
    return "" if found.is_own else issuer_words(found)


def issuer_lines(found: IssuerCard) -> list[str]:
    """As it is printed on what it issues."""
    lines = [found.legal_name, tax_id(found.document), found.address, found.city]
    if found.city_registration:
        told = {"number": found.city_registration}
        lines.append(_("Inscrição municipal %(number)s") % told)
    return [words for words in lines if words]


def standings() -> list[IssuerStanding]:
    last = dict(InvoiceCounter.objects.values_list("series", "last"))
    counted = CustomerIssuer.objects.values_list("issuer_id").annotate(Count("id"))
    customers = dict(counted.order_by())
    return [
        IssuerStanding(
            card=one,
            next_number=last.get(one.series, 0) + 1,
            has_begun=last.get(one.series, 0) > 0,
            customers=customers.get(None if one.is_own else one.id, 0),
        )
        for one in issuers()
    ]


def standing(issuer_id: UUID) -> IssuerStanding:
    """Raises NoSuchIssuer."""
    found = next((one for one in standings() if one.card.id == issuer_id), None)
    if found is None:
        raise NoSuchIssuer
    return found


def issuer_of_customer(customer_id: UUID) -> UUID | None:
    """Who was chosen to bill this customer; None when whoever is the default does."""
    row = CustomerIssuer.objects.filter(customer_id=customer_id).first()
    if row is None:
        return None
    return row.issuer_id or tenancy.tenant_card().id


def series_of_drafts(drafts: Sequence[NewInvoice]) -> list[str]:
    """In which series each is issued: what it follows, else its customer's issuer, else the default."""
    rows = {row.id: row for row in Issuer.objects.all()}
    if not rows:
        return [SERIES] * len(drafts)
    known = {row.series for row in rows.values()}
    default = next((row.series for row in rows.values() if row.is_default), SERIES)
    chosen = _chosen({one.customer_id for one in drafts}, rows, default)
    return [
        _followed(one.follows, known) if one.follows else chosen.get(one.customer_id, default)
        for one in drafts
    ]


def _followed(series: str, known: Collection[str]) -> str:
    return series if series in known else SERIES


def _chosen(
    customer_ids: Collection[UUID], rows: Mapping[UUID, Issuer], default: str
) -> dict[UUID, str]:
    found = CustomerIssuer.objects.filter(customer_id__in=customer_ids)
    return {
        customer_id: _series(rows.get(issuer_id), default)
        for customer_id, issuer_id in found.values_list("customer_id", "issuer_id")
    }


def _series(row: Issuer | None, default: str) -> str:
    """One that is retired issues nothing new: the default stands in for it."""
    if row is None:
        return SERIES
    return default if row.retired_at else str(row.series)


def issuer_ids() -> Mapping[str, UUID]:
    """Whose each series is; any other is the company's own."""
    others = Issuer.objects.values_list("series", "id")
    return {SERIES: tenancy.tenant_card().id, **dict(others)}


def issuer_rows() -> list[Row]:
    """As programs read them."""
    return [issuer_row(one) for one in standings()]


def issuer_row(found: IssuerStanding) -> Row:
    card = found.card
    return {
        "object": "issuer",
        "id": card.id,
        "legal_name": card.legal_name,
        "document": card.document,
        "city_registration": card.city_registration,
        "address": card.address,
        "city": card.city,
        "series": card.series,
        "next_number": found.next_number,
        "is_company": card.is_own,
        "is_default": card.is_default,
        "retired_at": card.retired_at,
    }


def _own(*, is_default: bool = False) -> IssuerCard:
    found = tenancy.tenant_card()
    return IssuerCard(
        id=found.id,
        legal_name=found.legal_name,
        document=found.document,
        city=found.city,
        series=SERIES,
        is_own=True,
        is_default=is_default,
    )
