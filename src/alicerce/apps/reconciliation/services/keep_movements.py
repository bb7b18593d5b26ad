"""Keep what a provider told, movement by movement, and book the fees it kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.reconciliation.models import Movement
from alicerce.apps.reconciliation.ports import Told
from alicerce.apps.reconciliation.types import MovementKind
from alicerce.kernel.money import Money

TOLD = (
    "kind",
    "reference",
    "payment_reference",
    "amount_cents",
    "fee_cents",
    "net_cents",
    "currency",
    "status",
    "happened_at",
)


def keep_movements(
    *, told: Sequence[Told], account_id: UUID, payout_id: UUID | None = None
) -> None:
    """As last told: one statement for a page. A payout once known stays."""
    rows = {one.external_id: _row(one, account_id, payout_id) for one in told}
    Movement.objects.bulk_create(
        [rows[name] for name in sorted(rows)],
        update_conflicts=True,
        unique_fields=["tenant", "account", "external_id"],
        update_fields=[*TOLD, *(["payout"] if payout_id else [])],
    )


def book_fees(*, told: Sequence[Told], provider: str, known: set[str], at: datetime) -> None:
    """Of payments on record, what of it went back with a refund, and what is charged by itself. Each once."""
    for one in told:
        of = one.payment_reference if one.kind == MovementKind.REFUND else one.reference
        if one.fee and (one.kind == MovementKind.FEE or of in known):
            billing.book_fee(
                provider=provider,
                reference=one.external_id,
                amount=Money(one.fee, one.amount.currency),
                at=at,
            )


def _row(one: Told, account_id: UUID, payout_id: UUID | None) -> Movement:
    return Movement(
        account_id=account_id,
        payout_id=payout_id,
        kind=one.kind,
        external_id=one.external_id,
        reference=one.reference,
        payment_reference=one.payment_reference,
        amount_cents=one.amount.cents,
        fee_cents=one.fee,
        net_cents=one.net,
        currency=one.amount.currency,
        status=one.status,
        happened_at=one.happened_at,
    )
