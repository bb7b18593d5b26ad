"""What another plan costs, line by line. Pure functions: preview and invoice ask the same one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import LineKind, NewLine, Period
from alicerce.apps.catalog.types import Cycle, PricedPlan
from alicerce.apps.subscriptions.rules.calendar import Stretch, next_stretch
from alicerce.apps.subscriptions.rules.renewing import shares_off, taken_off
from alicerce.apps.subscriptions.types import ItemKind, NewDiscount, NewItem
from alicerce.apps.subscriptions.types.changes import ChangeLine
from alicerce.kernel.money import Money

BEFORE_DOMAIN = " · "
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Span:
    """Days that are invoiced already and still to come, of a whole period; `charged` is what stands for them.

    `off` is what a coupon took off the old plan's whole period, and `new_off` what it takes off the new one's.
    """

    left: Period
    whole: Period
    charged: int
    off: int = 0
    new_off: int = 0


def renamed(description: str, plan: PricedPlan) -> str:
    """The new plan's name, for the same domain."""
    domain = description.partition(BEFORE_DOMAIN)[2]
    name = plan.full_name
    return (f"{name}{BEFORE_DOMAIN}{domain}" if domain else name)[:LONGEST]


def with_plan(items: Sequence[NewItem], new: NewItem) -> list[NewItem]:
    """The plan is another; what was bought beside it stays."""
    return [new, *(item for item in items if item.kind != ItemKind.PLAN)]


def off_plan(*, asked: int, gross: Sequence[int], fraction: Fraction) -> int:
    """What a coupon took off a whole period of the plan, which stands first in what these days cost in full."""
    shares = [billing.prorated(cents, fraction) for cents in gross]
    off = billing.spread(max(sum(shares) - asked, 0), shares)[0]
    return billing.prorated(off, 1 / fraction)


def off_new(discount: NewDiscount | None, kept: Sequence[NewItem], whole: Period) -> int:
    """What a coupon takes off a whole period of the new plan, which stands first in what is kept."""
    if discount is None:
        return 0
    return shares_off(discount, [item.total_cents for item in kept], Stretch(whole, whole))[0]


def lines_within(old: NewItem, new: NewItem, spans: Sequence[Span]) -> tuple[ChangeLine, ...]:
    """Between prices of the same cycle: a credit and a debit of each period that is invoiced."""
    return tuple(line for span in spans for line in _both(old, new, span))


def lines_restarting(
    old: NewItem, new: NewItem, spans: Sequence[Span], *, on: date, cycle: Cycle
) -> tuple[tuple[ChangeLine, ...], Period]:
    """Between cycles: what is left is credited, and a whole period of the new one begins that day."""
    first, *others = spans
    change = billing.change_restarting(
        old=[_item(old, first)],
        new=[billing.Item(new.total_cents, first.new_off)],
        current=first.whole,
        on=on,
        step=billing.step_of(cycle),
    )
    back = [_credit(old, first, change.credit), *(_alone(old, span) for span in others)]
    debit = ChangeLine(LineKind.DEBIT, new.description, change.period, change.debit)
    return (*back, debit), change.period


def renewal_cents(
    items: Sequence[NewItem],
    discount: NewDiscount | None,
    *,
    starts_on: date,
    cycle: Cycle,
    anchor_day: int,
    meets_on: date | None = None,
) -> int:
    """What the next period asks for, as the renewal will ask for it."""
    stretch = next_stretch(
        starts_on=starts_on, cycle=cycle, anchor_day=anchor_day, meets_on=meets_on
    )
    cents = [stretch.share(item.total_cents) for item in items]
    return sum(cents) - taken_off(discount, cents, stretch)


def invoiced(line: ChangeLine, *, subscription_id: UUID, currency: str) -> NewLine:
    return NewLine(
        description=line.description,
        quantity=1,
        unit=Money(line.cents, currency),
        kind=line.kind,
        subscription_id=subscription_id,
        starts_on=line.period.starts_on,
        ends_on=line.period.ends_on,
    )


def _both(old: NewItem, new: NewItem, span: Span) -> Iterator[ChangeLine]:
    change = billing.change_within(
        old=[_item(old, span)],
        new=[billing.Item(new.total_cents, span.new_off)],
        current=span.whole,
        on=span.left.starts_on,
    )
    yield _credit(old, span, change.credit)
    yield ChangeLine(LineKind.DEBIT, new.description, span.left, change.debit)


def _alone(old: NewItem, span: Span) -> ChangeLine:
    change = billing.change_within(
        old=[_item(old, span)], new=[], current=span.whole, on=span.left.starts_on
    )
    return _credit(old, span, change.credit)


def _item(old: NewItem, span: Span) -> billing.Item:
    return billing.Item(old.total_cents, span.off, charged=span.charged)


def _credit(old: NewItem, span: Span, cents: int) -> ChangeLine:
    return ChangeLine(LineKind.CREDIT, old.description, span.left, -cents)
