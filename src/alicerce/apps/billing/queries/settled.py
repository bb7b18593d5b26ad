"""The books beside a provider's word: what is on record of each payment and refund, and what was posted."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alicerce.apps.billing.models import GatewayAccount, Payment, Refund
from alicerce.apps.billing.queries.suspense import unclaimed_of
from alicerce.apps.billing.rules.postings import fees, holder
from alicerce.apps.billing.types import PaymentFit
from alicerce.apps.billing.types.books import BookedPayment, BookedRefund
from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.apps.ledger import public as ledger
from alicerce.apps.ledger.types import PLATFORM_FEES
from alicerce.kernel.money import Money

PAGE, FEW = 100, 20
Place = tuple[datetime, UUID]


def account_connected_at(account_id: UUID) -> datetime:
    """From when on its money is ours to read. Raises GatewayAccount.DoesNotExist."""
    found: datetime = GatewayAccount.objects.get(pk=account_id).connected_at
    return found


def booked_payments(account_id: UUID, references: Collection[str]) -> dict[str, BookedPayment]:
    """Those of the references that are on record, whenever they came."""
    rows = Payment.objects.filter(account_id=account_id, reference__in=references)
    return {row.reference: row for row in _booked(rows)}


def booked_refunds(account_id: UUID, references: Collection[str]) -> dict[str, BookedRefund]:
    """By the provider's own name for them."""
    return {row.reference: row for row in _refunds(account_id, external_id__in=references)}


def payments_between(
    account_id: UUID, since: datetime, until: datetime, *, after: Place | None = None
) -> list[BookedPayment]:
    """A page of what was received then, the oldest first; `after` is the place the last one ended at."""
    rows = Payment.objects.filter(
        account_id=account_id, received_at__gte=since, received_at__lt=until
    )
    if after:
        at, last = after
        rows = rows.filter(Q(received_at__gt=at) | Q(received_at=at, id__gt=last))
    return _booked(rows.order_by("received_at", "id")[:PAGE])


def refunds_between(account_id: UUID, since: datetime, until: datetime) -> list[BookedRefund]:
    """Those that succeeded then."""
    return _refunds(account_id, ended_at__gte=since, ended_at__lt=until, status="succeeded")


def payments_by_hand(amount: Money, since: datetime, until: datetime) -> list[BookedPayment]:
    """Those of that very amount which a person wrote down as received then; up to 20, the oldest first."""
    rows = Payment.objects.filter(
        account=None,
        amount_cents=amount.cents,
        currency=amount.currency,
        received_at__gte=since,
        received_at__lt=until,
    )
    return _booked(rows.order_by("received_at", "id")[:FEW])


def booked_payment(payment_id: UUID) -> BookedPayment | None:
    found = _booked(Payment.objects.filter(pk=payment_id))
    return found[0] if found else None


def booked_refund(refund_id: UUID) -> BookedRefund | None:
    found = _refund_rows(Refund.objects.filter(pk=refund_id))
    return found[0] if found else None


def payment_by_hand(payment_id: UUID) -> BookedPayment | None:
    found = _booked(Payment.objects.filter(pk=payment_id, account=None))
    return found[0] if found else None


def fees_posted(provider: str, references: Collection[str]) -> dict[str, int]:
    """By the provider's name for what it charged, how much of it is in the books, the platform's included."""
    keys = {fee_key(provider, one): one for one in references}
    found: dict[str, int] = {}
    for account in (fees(provider), PLATFORM_FEES):
        for key, cents in ledger.posted(keys, account).items():
            found[keys[key]] = found.get(keys[key], 0) + cents
    return found


def earned_key(provider: str, reference: str) -> str:
    return f"platform-fee:{provider}:{reference}"


def fee_key(provider: str, reference: str) -> str:
    return f"fee:{provider}:{reference}"


def _booked(rows: "QuerySet[Payment]") -> list[BookedPayment]:
    found = list(rows)
    keys = [f"payment:{row.provider}:{row.reference}" for row in found]
    posted: dict[str, int] = {}
    for provider in {row.provider for row in found}:
        posted |= ledger.posted(keys, holder(provider))
    unclaimed = _unclaimed(found)
    return [
        _payment(row, posted.get(key, 0), unclaimed.get(row.id, 0))
        for row, key in zip(found, keys, strict=True)
    ]


def _unclaimed(rows: Sequence[Payment]) -> dict[UUID, int]:
    """Asks only where one of them was nobody's: they are few."""
    asked = [row.id for row in rows if row.fit == PaymentFit.FLAGGED]
    return unclaimed_of(asked) if asked else {}


def _payment(row: Payment, posted: int, unclaimed: int) -> BookedPayment:
    return BookedPayment(
        id=row.id,
        account_id=row.account_id,
        provider=row.provider,
        reference=row.reference,
        amount=row.amount,
        received_at=row.received_at,
        invoice_id=row.invoice_id,
        posted_cents=posted,
        unclaimed_cents=unclaimed,
    )


def _refunds(account_id: UUID, **having: Any) -> list[BookedRefund]:
    return _refund_rows(Refund.objects.filter(account_id=account_id, **having))


def _refund_rows(rows: "QuerySet[Refund]") -> list[BookedRefund]:
    found = list(rows.select_related("payment").order_by("begun_at", "id"))
    keys = [f"refund:{row.id}:{end}" for row in found for end in ("paid", "bounced")]
    posted: dict[str, int] = {}
    for provider in {row.payment.provider for row in found}:
        posted |= ledger.posted(keys, holder(provider))
    return [_refund(row, posted) for row in found]


def _refund(row: Refund, posted: Mapping[str, int]) -> BookedRefund:
    ends = (posted.get(f"refund:{row.id}:{end}", 0) for end in ("paid", "bounced"))
    return BookedRefund(
        id=row.id,
        account_id=row.account_id,
        payment_id=row.payment_id,
        provider=row.payment.provider,
        reference=row.external_id,
        payment_reference=row.payment.reference,
        amount=row.amount,
        status=RefundStatus(row.status),
        begun_at=row.begun_at,
        posted_cents=-sum(ends),
    )
