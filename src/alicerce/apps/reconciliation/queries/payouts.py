"""What providers paid out, and of what each payout is made."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alicerce.apps.reconciliation.errors import NoSuchPayout
from alicerce.apps.reconciliation.models import Match, Movement, Payout
from alicerce.apps.reconciliation.types import MatchKind, MovementKind, PartView, PayoutView

PAGE, MOST_PARTS = 50, 500


def payouts(*, after: str = "", limit: int = PAGE) -> tuple[list[PayoutView], str]:
    """The newest first, and where the next page begins."""
    rows = Payout.objects.order_by("-made_at", "-id")
    if place := _place(after):
        made_at, last = place
        rows = rows.filter(Q(made_at__lt=made_at) | Q(made_at=made_at, id__lt=last))
    found = list(rows[: limit + 1])
    shown = found[:limit]
    more = f"{shown[-1].made_at.isoformat()}_{shown[-1].id}" if len(found) > limit else ""
    return _views(shown), more


def payout(payout_id: UUID) -> PayoutView:
    """Raises NoSuchPayout."""
    row = Payout.objects.filter(pk=payout_id).first()
    if row is None:
        raise NoSuchPayout
    return _views([row])[0]


def parts_of(payout_id: UUID) -> list[PartView]:
    """The movements that it is made of, without itself; the newest first, up to 500."""
    own = Payout.objects.filter(pk=payout_id).values("external_id")
    itself = Q(kind=MovementKind.PAYOUT, reference__in=own)
    rows = Movement.objects.filter(payout_id=payout_id).exclude(itself)
    return [row.part() for row in rows.order_by("-happened_at", "-id")[:MOST_PARTS]]


def _views(rows: Sequence[Payout]) -> list[PayoutView]:
    matches = Match.objects.live().filter(
        kind=MatchKind.PAYOUT, subject__in=[str(row.id) for row in rows]
    )
    lines: dict[str, list[UUID]] = defaultdict(list)
    rests: dict[str, int] = defaultdict(int)
    told = matches.order_by("of_subject").values_list("subject", "line_id", "rest_cents")
    for subject, line_id, rest in told:
        lines[subject].append(line_id)
        rests[subject] += rest
    return [row.view(lines[str(row.id)], rests[str(row.id)]) for row in rows]


def _place(after: str) -> tuple[datetime, UUID] | None:
    """Where a page begins; at the start for what is no place."""
    made_at, _, last = after.partition("_")
    try:
        return datetime.fromisoformat(made_at), UUID(last)
    except ValueError:
        return None
