"""What a customer is asked for on one day, and whether a person should look at it first. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import LineKind, NewInvoice, NewLine, Period
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.metering.types import Usage
from alicerce.apps.subscriptions.rules.calendar import Stretch, next_stretch
from alicerce.apps.subscriptions.types import ItemKind, NewDiscount, NewItem, ParkReason
from alicerce.apps.subscriptions.types.price_moves import NextPrice
from alicerce.kernel.money import Money

LONGEST_WORDS = 200
MOST_ASKED = 10**12
"""Cents: beyond it nobody is asked, whoever lets them: the books hold no such sums."""
MOST_COUNTED = 10**18


@dataclass(frozen=True, slots=True)
class Due:
    """A subscription whose next period is to be invoiced. `usual_cents` is the most it ever asked for lately."""

    id: UUID
    customer_id: UUID
    currency: str
    cycle: Cycle
    anchor_day: int
    starts_on: date
    usual_cents: int
    items: Sequence[NewItem]
    discount: NewDiscount | None = None
    price_id: UUID | None = None
    version: int = 1
    is_trial: bool = False
    started_on: date | None = None
    next_price: NextPrice | None = None
    is_card_trial: bool = False
    meets_on: date | None = None
    stops_on: date | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """The next period of a subscription, its lines, and when the one after it is to be invoiced.

    `usage` is what its meters counted meanwhile: asked for with it, and no part of what the period costs.
    """

    due: Due
    period: Period
    lines: Sequence[NewLine]
    next_bill_on: date | None
    usage: Sequence[Usage] = ()

    @property
    def cents(self) -> int:
        return sum(line.total.cents for line in self.lines)

    @property
    def asked(self) -> Sequence[NewLine]:
        """All that the invoice asks for; what was tried was for nothing."""
        if self.due.is_trial:
            return self.lines
        return [*self.lines, *usage_lines(self.usage, price_id=self.due.price_id)]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Beyond these a customer is parked instead of billed."""

    most_lines: int
    most_times: int


def renewal_of(due: Due, *, days_ahead: int, usage: Sequence[Usage] = ()) -> Renewal:
    stretch = next_stretch(
        starts_on=due.starts_on,
        cycle=due.cycle,
        anchor_day=due.anchor_day,
        meets_on=due.meets_on,
    )
    ends_on = stretch.period.ends_on
    is_last = due.stops_on is not None and ends_on >= due.stops_on
    next_bill_on = None if is_last else ends_on - timedelta(days=days_ahead)
    return Renewal(due, stretch.period, _lines(due, stretch), next_bill_on, usage)


def absurdity_of(
    renewals: Sequence[Renewal], *, usage: Sequence[Usage] = ()
) -> tuple[ParkReason, str] | None:
    """Why these are a mistake whatever a company allows; None when they may be none."""
    every = [*usage, *(one for renewal in renewals for one in renewal.usage)]
    cents = sum(renewal.cents for renewal in renewals) + sum(one.amount.cents for one in every)
    if cents > MOST_ASKED:
        return ParkReason.AMOUNT, f"{cents} > {MOST_ASKED}"
    counted = max((one.quantity for one in every), default=0)
    is_absurd = counted > MOST_COUNTED
    return (ParkReason.AMOUNT, f"{counted} > {MOST_COUNTED}") if is_absurd else None


def excess_of(renewals: Sequence[Renewal], bounds: Bounds) -> tuple[ParkReason, str] | None:
    """Why these, a customer's renewals of one day, look like a mistake; None when they do not."""
    lines = sum(len(renewal.asked) for renewal in renewals)
    if lines > bounds.most_lines:
        return ParkReason.LINES, f"{lines} > {bounds.most_lines}"
    cents = sum(renewal.cents for renewal in renewals)
    most = bounds.most_times * sum(renewal.due.usual_cents for renewal in renewals)
    if cents > most:
        return ParkReason.AMOUNT, f"{cents} > {most}"
    usage = [one for renewal in renewals for one in renewal.usage if one.usual_cents]
    used = sum(one.amount.cents for one in usage)
    most = bounds.most_times * sum(one.usual_cents for one in usage)
    return (ParkReason.AMOUNT, f"{used} > {most}") if used > most else None


def invoice_of(renewals: Sequence[Renewal], *, due_on: date) -> NewInvoice:
    """One invoice for all that a customer's subscriptions of one currency renew that day."""
    lines = [line for renewal in renewals for line in renewal.asked]
    return NewInvoice(renewals[0].due.customer_id, lines, due_on)


def usage_lines(usage: Sequence[Usage], *, price_id: UUID | None) -> list[NewLine]:
    """One for each meter that comes to something, taxed as the plan is."""
    return [
        NewLine(
            description=f"{one.name}: {one.quantity} {one.unit}"[:LONGEST_WORDS],
            quantity=1,
            unit=one.amount,
            kind=LineKind.USAGE,
            subscription_id=one.subscription_id,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            price_id=price_id,
        )
        for one in usage
        if one.amount.cents
    ]


def _lines(due: Due, stretch: Stretch) -> list[NewLine]:
    lines = [_line(due, item, stretch) for item in due.items]
    off = taken_off(due.discount, [line.total.cents for line in lines], stretch)
    if due.discount is None or not off:
        return lines
    taken = replace(
        lines[0],
        description=due.discount.description,
        quantity=1,
        unit=Money(-off, due.currency),
        kind=LineKind.DISCOUNT,
    )
    return [*lines, taken]


def taken_off(discount: NewDiscount | None, cents: Sequence[int], stretch: Stretch) -> int:
    """What a coupon takes off such lines; a part of a period gets as much of a fixed one."""
    return sum(shares_off(discount, cents, stretch)) if discount else 0


def shares_off(discount: NewDiscount, cents: Sequence[int], stretch: Stretch) -> list[int]:
    """The same, line by line."""
    if discount.percent_bp is not None:
        return billing.percentage_discount(Fraction(discount.percent_bp, 10_000), cents)
    return billing.fixed_discount(stretch.share(discount.amount_cents or 0), cents)


def _line(due: Due, item: NewItem, stretch: Stretch) -> NewLine:
    words, quantity, cents = item.description, item.quantity, item.unit_cents
    if not stretch.is_whole:
        words = f"{quantity} × {words}" if quantity > 1 else words
        quantity, cents = 1, stretch.share(item.total_cents)
    return NewLine(
        description=words[:LONGEST_WORDS],
        quantity=quantity,
        unit=Money(cents, due.currency),
        kind=KINDS[item.kind],
        subscription_id=due.id,
        starts_on=stretch.period.starts_on,
        ends_on=stretch.period.ends_on,
        price_id=due.price_id,
    )


KINDS = {
    ItemKind.PLAN: LineKind.PLAN,
    ItemKind.OPTION: LineKind.OPTION,
    ItemKind.ADDON: LineKind.ADDON,
}
