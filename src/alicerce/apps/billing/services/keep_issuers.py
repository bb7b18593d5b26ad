"""As whom a company asks for money: others beside itself, which is the default, and who bills a customer."""

import re
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.errors import (
    IssuerInUse,
    IssuerIsDefault,
    IssuerNotSound,
    NoSuchIssuer,
    SeriesTaken,
    TooManyIssuers,
)
from alicerce.apps.billing.models import CustomerIssuer, Invoice, InvoiceCounter, Issuer
from alicerce.apps.billing.models.credit_note import SERIES as OF_NOTES
from alicerce.apps.billing.models.invoice import SERIES
from alicerce.apps.billing.types.issuers import OF_OLD, IssuerForm
from alicerce.apps.customers import public as customers
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel import locks
from alicerce.kernel.brazil import BadDocument
from alicerce.kernel.brazil import document as read_document
from alicerce.kernel.db import transaction

MOST = 20
ISSUERS = "billing:issuers"
MOST_NUMBER = 999_999_999
SHAPE = re.compile(r"[A-Z]{1,4}")


@transaction()
def add_issuer(*, form: IssuerForm, series: str, first_number: int = 1, at: datetime) -> UUID:
    """Its invoices begin at this number. Raises IssuerNotSound, SeriesTaken, TooManyIssuers."""
    locks.hold(ISSUERS)
    kept = _sound(form)
    if not SHAPE.fullmatch(series) or not 0 < first_number <= MOST_NUMBER:
        raise IssuerNotSound
    if Issuer.objects.count() >= MOST:
        raise TooManyIssuers
    _require_free(series)
    row = Issuer(series=series)
    row.adopt(kept)
    InvoiceCounter.objects.create(series=series, last=first_number - 1)
    after = asdict(kept) | {"series": series, "next_number": first_number}
    audit.record(action="issuer.added", entity="issuer", entity_id=row.id, after=after, at=at)
    return UUID(str(row.id))


@transaction()
def change_issuer(*, issuer_id: UUID, form: IssuerForm, at: datetime) -> bool:
    """Whether that was news. The number in the registry stays once it is on an invoice.

    Raises NoSuchIssuer, IssuerNotSound, IssuerInUse.
    """
    row, kept = _held(issuer_id), _sound(form)
    before = row.card().form
    if before == kept:
        return False
    if before.document != kept.document and _has_issued(row):
        raise IssuerInUse
    row.adopt(kept)
    audit.record(
        action="issuer.changed",
        entity="issuer",
        entity_id=row.id,
        before=asdict(before),
        after=asdict(kept),
        at=at,
    )
    return True


@transaction()
def begin_series(*, issuer_id: UUID, number: int, at: datetime) -> bool:
    """Where the numbers begin, for who comes from another system: once, before the first. Whether that was news.

    Raises NoSuchIssuer, IssuerNotSound, IssuerInUse.
    """
    if not 0 < number <= MOST_NUMBER:
        raise IssuerNotSound
    series = SERIES if _is_own(issuer_id) else _held(issuer_id).series
    InvoiceCounter.take(series, 0)
    counter = InvoiceCounter.objects.get(series=series)
    if counter.last == number - 1:
        return False
    if counter.last:
        raise IssuerInUse
    InvoiceCounter.take(series, number - 1)
    audit.record(
        action="issuer.series_begun",
        entity="issuer",
        entity_id=issuer_id,
        after={"series": series, "next_number": number},
        at=at,
    )
    return True


@transaction()
def make_default(*, issuer_id: UUID, at: datetime) -> bool:
    """Who bills whoever has nobody chosen, from now on. Raises NoSuchIssuer, IssuerNotSound when it is retired."""
    locks.hold(ISSUERS)
    before = Issuer.objects.filter(is_default=True).first()
    row = None if _is_own(issuer_id) else _held(issuer_id)
    if (before and before.id) == (row and row.id):
        return False
    if row is None:
        Issuer.objects.filter(is_default=True).update(is_default=False)
    elif row.retired_at:
        raise IssuerNotSound
    else:
        row.become_default()
    audit.record(
        action="issuer.made_default",
        entity="issuer",
        entity_id=issuer_id,
        before={"series": before.series if before else SERIES},
        after={"series": row.series if row else SERIES},
        at=at,
    )
    return True


@transaction()
def retire_issuer(*, issuer_id: UUID, at: datetime) -> bool:
    """It issues nothing new; what it issued stays its own. Raises NoSuchIssuer, IssuerIsDefault."""
    row = _held(issuer_id)
    if row.is_default:
        raise IssuerIsDefault
    if not row.retire(at=at):
        return False
    audit.record(action="issuer.retired", entity="issuer", entity_id=row.id, at=at)
    return True


@transaction()
def restore_issuer(*, issuer_id: UUID, at: datetime) -> bool:
    """Raises NoSuchIssuer."""
    row = _held(issuer_id)
    if not row.restore():
        return False
    audit.record(action="issuer.restored", entity="issuer", entity_id=row.id, at=at)
    return True


@transaction()
def choose_issuer(*, customer_id: UUID, issuer_id: UUID | None, at: datetime) -> bool:
    """Who bills this customer from the next invoice on; None: whoever is the default.

    Raises NoSuchCustomer, NoSuchIssuer, IssuerNotSound when it is retired.
    """
    customers.customer_detail(customer_id)
    row = None if issuer_id is None or _is_own(issuer_id) else _held(issuer_id)
    if row and row.retired_at:
        raise IssuerNotSound
    own = CustomerIssuer.objects.filter(customer_id=customer_id)
    before = own.first()
    wanted = None if issuer_id is None else (row.id if row else None,)
    if wanted == (None if before is None else (before.issuer_id,)):
        return False
    if issuer_id is None:
        own.delete()
    else:
        CustomerIssuer.objects.update_or_create(
            customer_id=customer_id, defaults={"issuer": row}
        )
    audit.record(
        action="issuer.chosen",
        entity="customer",
        entity_id=customer_id,
        after={"issuer_id": issuer_id},
        at=at,
    )
    return True


def _held(issuer_id: UUID) -> Issuer:
    found: Issuer | None = (
        Issuer.objects.select_for_update(of=("self",)).filter(pk=issuer_id).first()
    )
    if found is None:
        raise NoSuchIssuer
    return found


def _is_own(issuer_id: UUID) -> bool:
    return bool(issuer_id == tenancy.tenant_card().id)


def _sound(form: IssuerForm) -> IssuerForm:
    try:
        number = read_document(form.document).number
    except BadDocument:
        raise IssuerNotSound from None
    if not form.legal_name.strip():
        raise IssuerNotSound
    return replace(form, legal_name=form.legal_name.strip(), document=number)


def _require_free(series: str) -> None:
    """Nobody's, and of no invoice that came from elsewhere."""
    taken = (
        series in {SERIES, OF_NOTES, OF_OLD}
        or Issuer.objects.filter(series=series).exists()
        or InvoiceCounter.objects.filter(series=series).exists()
        or Invoice.objects.filter(series=series).exists()
    )
    if taken:
        raise SeriesTaken


def _has_issued(row: Issuer) -> bool:
    """Whoever is about to issue as this one is waited for."""
    InvoiceCounter.take(row.series, 0)
    return bool(Invoice.objects.filter(series=row.series).exists())
