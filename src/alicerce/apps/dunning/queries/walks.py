"""Where invoices stand on the ladder, and what is still to come for them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.dunning.errors import NotOnLadder
from alicerce.apps.dunning.models import Hold, Taken, Walk
from alicerce.apps.dunning.queries.ladders import default_ladder, ladder, overrides_of
from alicerce.apps.dunning.rules.plan import plan
from alicerce.apps.dunning.types import (
    STOPS,
    Course,
    LadderCard,
    OverduePage,
    OverrideCard,
    Standing,
    StepKind,
    TakenView,
)
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types import Scope, SubscriptionCard, SubscriptionStatus
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import as_operator

PAGE = 50
OUT_OF_REACH = frozenset({SubscriptionStatus.PENDING, SubscriptionStatus.ENDED})


@dataclass
class Atlas:
    """The ladders of the tenant as they are now, each read once however many invoices ask."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(tenancy.time_zone()))
    known: dict[UUID | None, LadderCard] = field(default_factory=dict)

    def ladder_for(self, override: OverrideCard | None) -> LadderCard:
        wanted = override.ladder_id if override else None
        if wanted not in self.known:
            self.known[wanted] = ladder(wanted) if wanted else default_ladder()
        return self.known[wanted]


def tenants_with_due_steps(at: datetime) -> list[UUID]:
    """Call it outside of any tenant."""
    with as_operator():
        due = Walk.objects.filter(next_at__lte=at).order_by("tenant_id")
        return list(due.values_list("tenant_id", flat=True).distinct())


def held_scope(subscription_id: UUID) -> Scope | None:
    """How much of a subscription unpaid invoices keep suspended; None when none does."""
    held = Hold.objects.held().filter(subscription_id=subscription_id)
    scopes = {STOPS[StepKind(kind)] for kind in held.values_list("scope", flat=True)}
    return max(scopes, key=list(Scope).index, default=None)


def due_walks(at: datetime, *, limit: int) -> list[tuple[UUID, UUID]]:
    """Invoices with a step to take and their customers, the longest waiting first."""
    rows = Walk.objects.due(at).order_by("next_at", "id")
    return list(rows.values_list("id", "customer_id")[:limit])


def services_of(invoice_id: UUID) -> tuple[SubscriptionCard, ...]:
    """What the invoice is for and can still be suspended or ended."""
    found = subscriptions.subscriptions_of_invoice(invoice_id)
    return tuple(card for card in found if card.status not in OUT_OF_REACH)


def course_of(
    walk: Walk,
    taken: Sequence[Taken],
    *,
    override: OverrideCard | None,
    zone: ZoneInfo,
    has_services: bool,
) -> Course:
    course = Course(
        walk.due_on,
        walk.opened_at,
        zone,
        has_services=has_services,
        marks=tuple(row.mark() for row in taken),
    )
    if override is None:
        return course
    return replace(course, extra_days=override.extra_days, exempt_until=override.exempt_until)


def course_now(walk: Walk, atlas: Atlas, *, has_services: bool) -> Course:
    """The course of one invoice as everything stands; the walk may be one that is still to be."""
    taken = list(Taken.objects.filter(invoice_id=walk.invoice_id).order_by("id"))
    override = overrides_of([walk.customer_id]).get(walk.customer_id)
    return course_of(walk, taken, override=override, zone=atlas.zone, has_services=has_services)


def standing(invoice_id: UUID, *, at: datetime) -> Standing:
    """Raises NotOnLadder."""
    walk = Walk.objects.filter(invoice_id=invoice_id).first()
    if walk is None:
        raise NotOnLadder
    (found,) = _standings([walk], at=at)
    return found


def overdue(*, after: str = "", limit: int = PAGE, at: datetime) -> OverduePage:
    """The longest due first; `after` is the place a page ended at."""
    rows = Walk.objects.overdue().order_by("due_on", "id")
    if place := _place(after):
        rows = rows.after(*place)
    found = list(rows[: limit + 1])
    shown = found[:limit]
    more = f"{shown[-1].due_on}_{shown[-1].id}" if len(found) > limit else ""
    return OverduePage(tuple(_standings(shown, at=at)), more)


def _place(after: str) -> tuple[date, UUID] | None:
    """Where a page begins; at the start for what is no place."""
    day, _, last = after.partition("_")
    try:
        return date.fromisoformat(day), UUID(last)
    except ValueError:
        return None


def overdue_of(customer_ids: Sequence[UUID], *, at: datetime) -> list[Standing]:
    """What these customers are late with, the longest due first."""
    rows = Walk.objects.overdue().filter(customer_id__in=customer_ids)
    return _standings(list(rows.order_by("due_on", "id")[:PAGE]), at=at)


def walks_of(customer_id: UUID, *, limit: int, at: datetime) -> list[Standing]:
    """Their invoices that are on the ladder now, the next due first."""
    rows = Walk.objects.on_the_way().filter(customer_id=customer_id)
    return _standings(list(rows.order_by("due_on", "id")[:limit]), at=at)


def _standings(walks: Sequence[Walk], *, at: datetime) -> list[Standing]:
    atlas = Atlas()
    overrides = overrides_of([walk.customer_id for walk in walks])
    taken = _taken_of(walks)
    return [
        _standing(walk, taken[walk.invoice_id], overrides.get(walk.customer_id), atlas, at)
        for walk in walks
    ]


def _standing(
    walk: Walk,
    taken: Sequence[Taken],
    override: OverrideCard | None,
    atlas: Atlas,
    at: datetime,
) -> Standing:
    found = Standing(
        invoice_id=walk.invoice_id,
        customer_id=walk.customer_id,
        due_on=walk.due_on,
        overdue_at=walk.overdue_at,
        ended_at=walk.ended_at,
        ladder=atlas.ladder_for(override),
        taken=_views(taken),
    )
    if walk.ended_at:
        return found
    course = course_of(
        walk,
        taken,
        override=override,
        zone=atlas.zone,
        has_services=bool(services_of(walk.invoice_id)),
    )
    return replace(found, course=course, coming=plan(found.ladder.spec, course, at=at))


def _views(taken: Sequence[Taken]) -> tuple[TakenView, ...]:
    return tuple(row.view() for row in taken)


def _taken_of(walks: Sequence[Walk]) -> dict[UUID, list[Taken]]:
    found: dict[UUID, list[Taken]] = defaultdict(list)
    invoices = [walk.invoice_id for walk in walks]
    for row in Taken.objects.filter(invoice_id__in=invoices).order_by("id"):
        found[row.invoice_id].append(row)
    return found
