"""Keep what a provider told, movement by movement, and book the fees it kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types.books import BookedPayment
from alicerce.apps.billing.types.connecting import PlatformShare
from alicerce.apps.reconciliation.models import Movement
from alicerce.apps.reconciliation.ports import Told
from alicerce.apps.reconciliation.types import MovementKind
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.money import Money

TOLD = (
    "kind",
    "reference",
    "payment_reference",
    "amount_cents",
    "fee_cents",
    "platform_cents",
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


def book_fees(
    *, told: Sequence[Told], provider: str, known: Mapping[str, BookedPayment], at: datetime
) -> None:
    """Of payments on record, what of it went back with a refund, and what is charged by itself. Each once."""
    for one in told:
        of = known.get(_payment_of(one))
        if one.fee and (one.kind == MovementKind.FEE or of):
            billing.book_fee(
                provider=provider,
                reference=one.external_id,
                amount=Money(one.fee, one.amount.currency),
                share=_share(one, of) if of and one.platform else None,
                at=at,
            )


def book_earnings(
    *, told: Sequence[Told], account_id: UUID, provider: str, at: datetime
) -> None:
    """What companies under the platform's account left it: its own income, when it is the platform.

    Play money is income only where no real money moves at all.
    """
    earned = [one for one in told if one.kind == MovementKind.EARNING]
    if not earned or not tenancy.tenant_card().is_root:
        return
    real = {one.id for one in billing.accounts() if one.livemode}
    if real and account_id not in real:
        return
    for one in earned:
        billing.book_platform_fee(
            provider=provider, reference=one.external_id, amount=one.amount, at=at
        )


def _payment_of(one: Told) -> str:
    return one.payment_reference if one.kind == MovementKind.REFUND else one.reference


def _share(one: Told, of: BookedPayment) -> PlatformShare | None:
    if of.account_id is None:
        return None
    return PlatformShare(
        account_id=of.account_id,
        payment_id=of.id,
        cents=one.platform,
        happened_at=one.happened_at,
        refund_reference=one.reference if one.kind == MovementKind.REFUND else "",
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
        platform_cents=one.platform,
        net_cents=one.net,
        currency=one.amount.currency,
        status=one.status,
        happened_at=one.happened_at,
    )
