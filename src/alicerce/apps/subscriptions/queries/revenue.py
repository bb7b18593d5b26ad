"""What subscriptions bring each month, on any day: sums of movements, and the rows of each sum."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Sum
from django.db.models.functions import TruncMonth

from alicerce.apps.subscriptions.models import Movement
from alicerce.apps.subscriptions.types.revenue import (
    Base,
    Bringing,
    MovementKind,
    MovementView,
)
from alicerce.kernel.money import Money

SOME = 2_000
"""Rows that are read at a time."""


def brought(day: date, *, currency: str) -> Base:
    """At the end of that day."""
    paying = (
        Movement.objects.until(day)
        .filter(currency=currency)
        .values("customer_id")
        .annotate(cents=Sum("delta_cents"))
        .filter(cents__gt=0)
    )
    told = paying.aggregate(customers=Count("customer_id"), all=Sum("cents"))
    return Base(int(told["customers"]), int(told["all"] or 0))


def moved_by_month(
    first: date, last: date, *, currency: str
) -> dict[tuple[date, MovementKind], int]:
    rows = (
        Movement.objects.between(first, last)
        .filter(currency=currency)
        .annotate(month=TruncMonth("on"))
        .values_list("month", "kind")
        .annotate(cents=Sum("delta_cents"))
        .order_by()
    )
    return {(month, MovementKind(kind)): int(cents) for month, kind, cents in rows}


def movements(
    first: date, last: date, *, currency: str, kinds: Collection[MovementKind] = ()
) -> Iterator[MovementView]:
    """The rows of such a sum, in their order."""
    rows = Movement.objects.between(first, last).filter(currency=currency)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    facts = rows.order_by("on", "id").values_list(
        "id",
        "subscription_id",
        "customer_id",
        "subscription__description",
        "on",
        "kind",
        "delta_cents",
    )
    for row in facts.iterator(SOME):
        yield MovementView(*row[:5], MovementKind(row[5]), Money(row[6], currency))


def bringing(day: date, *, currency: str) -> Iterator[Bringing]:
    """Each subscription that brought anything at the end of that day; together they are `brought`."""
    facts = (
        Movement.objects.until(day)
        .filter(currency=currency)
        .values_list(
            "subscription_id",
            "subscription__customer_id",
            "subscription__description",
            "subscription__price_id",
        )
        .annotate(cents=Sum("delta_cents"))
        .filter(cents__gt=0)
        .order_by("subscription_id")
    )
    rows: Iterator[Any] = facts.iterator(SOME)
    for id_, customer_id, description, price_id, cents in rows:
        yield Bringing(id_, customer_id, description, price_id, Money(int(cents), currency))


def brought_by_price(day: date, *, currency: str) -> dict[UUID, Base]:
    """How many subscriptions of each price brought anything at the end of that day, and how much."""
    rows = (
        Movement.objects.until(day)
        .filter(currency=currency)
        .values("subscription_id", price=F("subscription__price_id"))
        .annotate(cents=Sum("delta_cents"))
        .filter(cents__gt=0)
        .values_list("price", "cents")
    )
    found: dict[UUID, Base] = {}
    for price_id, cents in rows:
        before = found.get(price_id, Base(0, 0))
        found[price_id] = Base(before.customers + 1, before.cents + int(cents))
    return found


def lost_customers(start: date, end: date, *, currency: str) -> list[tuple[UUID, Money]]:
    """Who brought something at the end of the first day and nothing at the end of the last; how much it was."""
    own = Movement.objects.filter(currency=currency)
    rows = (
        own.until(end)
        .values_list("customer_id")
        .annotate(left=Sum("delta_cents"))
        .filter(left=0)
        .order_by()
    )
    gone: Sequence[UUID] = [customer_id for customer_id, _ in rows]
    were = (
        own.until(start)
        .filter(customer_id__in=gone)
        .values_list("customer_id")
        .annotate(cents=Sum("delta_cents"))
        .filter(cents__gt=0)
        .order_by("customer_id")
    )
    return [(customer_id, Money(int(cents), currency)) for customer_id, cents in were]
