"""Keep what a provider paid out, of what it is made, and say once that it arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.reconciliation.events import PayoutPaid
from alicerce.apps.reconciliation.models import Movement, Payout
from alicerce.apps.reconciliation.ports import Told, ToldPayout
from alicerce.apps.reconciliation.rules.compare import payout_differences
from alicerce.apps.reconciliation.services.compare import Desk
from alicerce.apps.reconciliation.services.keep_movements import keep_movements
from alicerce.apps.reconciliation.services.match_lines import release_payouts
from alicerce.apps.reconciliation.services.note_differences import note_differences
from alicerce.apps.reconciliation.types import (
    ON_ITS_WAY,
    DifferenceKind,
    MovementKind,
    PayoutStatus,
)
from alicerce.kernel.events import publish


@dataclass(frozen=True, slots=True)
class Parted:
    """A payout with its parts, where they had to be asked for."""

    told: ToldPayout
    parts: Sequence[Told] | None


def needs_parts(*, account_id: UUID, told: Sequence[ToldPayout]) -> set[str]:
    """Those whose parts nobody read yet. They do not change once it is made."""
    names = [one.external_id for one in told if one.lists_parts]
    known = Payout.objects.filter(account_id=account_id, external_id__in=names)
    read = known.filter(parts_cents__isnull=False).values_list("external_id", flat=True)
    return set(names) - set(read)


def let_go_of_returned(*, told: Sequence[ToldPayout], account_id: UUID, at: datetime) -> None:
    """Before any payout is held: whoever links one holds the bank's lines first."""
    names = [one.external_id for one in told if one.status not in ON_ITS_WAY]
    rows = Payout.objects.filter(
        account_id=account_id, external_id__in=names, matched_at__isnull=False
    )
    release_payouts(payout_ids=list(rows.values_list("id", flat=True)), at=at)


def keep_payout(*, parted: Parted, desk: Desk, at: datetime) -> None:
    """One whose parts are all of other companies at the same account is theirs."""
    parts = parted.parts
    if parts is not None and not _is_ours(parts, desk):
        return
    payout = _row(parted.told, desk, at=at)
    if payout is None:
        return
    if parts is not None:
        keep_movements(told=parts, account_id=desk.account_id, payout_id=payout.id)
        payout.made_of(_sum(parts, payout))
    _compare(payout, at=at)


def subject_of(*, payout: Payout) -> str:
    return f"payout:{payout.id}"


def _row(told: ToldPayout, desk: Desk, *, at: datetime) -> Payout | None:
    row = Payout(
        account_id=desk.account_id,
        external_id=told.external_id,
        amount_cents=told.amount.cents,
        currency=told.amount.currency,
        status=PayoutStatus.IN_TRANSIT,
        made_at=told.made_at,
        arrives_on=told.arrives_on,
        descriptor=told.descriptor[:80],
        read_at=at,
    )
    Payout.objects.add_once(row)
    known = Payout.objects.get(account_id=desk.account_id, external_id=told.external_id)
    payout: Payout = Payout.objects.lock(known.id)
    if payout.become(told.status, failure=told.failure, at=at):
        _say_paid(payout, at=at)
    return payout


def _say_paid(payout: Payout, *, at: datetime) -> None:
    audit.record(
        action="payout.paid",
        entity="payout",
        entity_id=payout.id,
        after={"amount_cents": payout.amount_cents, "currency": payout.currency},
        at=at,
    )
    publish(
        PayoutPaid(
            at=at,
            payout_id=payout.id,
            amount_cents=payout.amount_cents,
            currency=payout.currency,
            arrives_on=payout.arrives_on,
        )
    )


def _compare(payout: Payout, *, at: datetime) -> None:
    found = payout_differences(
        reference=payout.external_id,
        amount=payout.amount,
        parts_cents=payout.parts_cents,
        made_at=payout.made_at,
    )
    subject = subject_of(payout=payout)
    note_differences(
        seen={subject: list(found)},
        account_id=payout.account_id,
        at=at,
        about={subject: {"payout_id": payout.id}},
        only=[DifferenceKind.PAYOUT_AMOUNT],
    )


def _is_ours(parts: Sequence[Told], desk: Desk) -> bool:
    """Whether a movement that was told as ours is among them; one without any is the account's own."""
    names = [one.external_id for one in parts if one.kind != MovementKind.PAYOUT]
    known = Movement.objects.filter(account_id=desk.account_id, external_id__in=names)
    return not names or known.exists()


def _sum(parts: Sequence[Told], payout: Payout) -> int:
    """Without the payout's own; of another that came back, the money goes again with this one."""
    return sum(one.net for one in parts if not _is_itself(one, payout))


def _is_itself(one: Told, payout: Payout) -> bool:
    return one.kind == MovementKind.PAYOUT and one.reference == payout.external_id
