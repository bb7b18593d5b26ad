"""What a customer keeps buying, as it goes on by itself: the rules of the billing run on copies, with no database."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from alicerce.apps.billing.types import NewInvoice, Period
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.metering.types import Usage
from alicerce.apps.subscriptions.rules.days import bill_day, status_on
from alicerce.apps.subscriptions.rules.renewing import (
    Bounds,
    Due,
    Renewal,
    absurdity_of,
    excess_of,
    invoice_of,
    renewal_of,
)
from alicerce.apps.subscriptions.types import (
    RUNNING,
    NewDiscount,
    NewItem,
    ParkReason,
    Scope,
    SubscriptionStatus,
    SuspendCause,
    Terms,
)

LOOKS_BACK = timedelta(days=400)
TELL_BEFORE = timedelta(days=3)
DECIDED = frozenset({SuspendCause.STAFF, SuspendCause.ABUSE, SuspendCause.DISPUTE})
GRAVER = {SuspendCause.UNPAID: DECIDED, SuspendCause.PARENT: {*DECIDED, SuspendCause.UNPAID}}
FIRST = 1
DAY = timedelta(days=1)

Repricing = Callable[[Due], Due]


@dataclass(frozen=True, slots=True)
class Awaited:
    """A change that was confirmed: it waits for its invoice, or for its day."""

    invoice_id: UUID | None
    effective_on: date
    look_on: date
    begins: Period | None
    price_id: UUID
    cycle: Cycle
    amount_cents: int
    version: int
    items: Sequence[NewItem]


@dataclass(slots=True)
class Kept:
    """A subscription, and what it is billed for next."""

    id: UUID
    customer_id: UUID
    price_id: UUID
    currency: str
    cycle: Cycle
    anchor_day: int
    status: SubscriptionStatus
    scope: str
    cause: str
    amount_cents: int
    version: int
    items: Sequence[NewItem]
    started_on: date
    next_starts_on: date
    next_bill_on: date | None
    period_ends_on: date
    not_before: date | None = None
    ends_on: date | None = None
    meets_on: date | None = None
    cancels: bool = False
    is_paused: bool = False
    parent_id: UUID | None = None
    trial_ends_on: date | None = None
    is_told: bool = False
    discount: NewDiscount | None = None
    change: Awaited | None = None
    usage: Sequence[Usage] = ()
    asked: list[tuple[date, int]] = field(default_factory=list)

    @property
    def is_live(self) -> bool:
        return self.status not in {SubscriptionStatus.PENDING, SubscriptionStatus.ENDED}

    @property
    def has_ended(self) -> bool:
        return self.status == SubscriptionStatus.ENDED

    @property
    def tells_on(self) -> date | None:
        """The day its customer is written to, that the trial ends."""
        if self.status != SubscriptionStatus.TRIALING or self.is_told or self.cancels:
            return None
        return self.trial_ends_on - TELL_BEFORE if self.trial_ends_on else None

    def plan_next_bill(self, terms: Terms) -> None:
        runs = self.status in RUNNING and not self.cancels and not self.is_paused
        runs = runs and not (self.ends_on and self.next_starts_on >= self.ends_on)
        self.next_bill_on = (
            bill_day(
                self.next_starts_on,
                days_ahead=terms.days_ahead,
                is_trial=self.status == SubscriptionStatus.TRIALING,
                not_before=self.not_before,
            )
            if runs
            else None
        )

    def due(self, on: date) -> Due:
        """Of the plan that is in force when the next period begins."""
        change = self.change
        begins = change and not change.invoice_id and change.effective_on <= self.next_starts_on
        plan = change if change and begins else self
        total = sum(item.total_cents for item in plan.items)
        lately = (cents for day, cents in self.asked if day > on - LOOKS_BACK)
        return Due(
            self.id,
            self.customer_id,
            self.currency,
            plan.cycle,
            self.anchor_day,
            self.next_starts_on,
            max(max(lately, default=0), self.amount_cents if plan.version == FIRST else total),
            plan.items,
            self.discount,
            plan.price_id,
            plan.version,
            self.status == SubscriptionStatus.TRIALING,
            self.started_on,
            meets_on=self.meets_on,
            stops_on=self.ends_on,
        )

    def renew(self, renewal: Renewal) -> None:
        """The period is invoiced; the one after it is planned."""
        self.asked.append((renewal.period.starts_on, renewal.cents))
        self.next_starts_on = self.period_ends_on = renewal.period.ends_on
        self.next_bill_on, self.usage = renewal.next_bill_on, ()
        if self.status == SubscriptionStatus.TRIALING:
            self.status = SubscriptionStatus.ACTIVE
        if self.discount and self.discount.cycles_left is not None:
            left = self.discount.cycles_left - 1
            self.discount = replace(self.discount, cycles_left=left) if left else None

    def suspend(
        self, scope: Scope, terms: Terms, cause: SuspendCause = SuspendCause.UNPAID
    ) -> bool:
        """Whatever somebody decided stays as it is, and what is unpaid, when it is what it was sold onto."""
        wanted = (SubscriptionStatus.SUSPENDED, scope, cause)
        if not self.is_live or self.cause in GRAVER[cause]:
            return False
        if (self.status, self.scope, self.cause) == wanted:
            return False
        self.status, self.scope, self.cause = wanted
        self.plan_next_bill(terms)
        return True

    def resume(self, on: date, terms: Terms, cause: SuspendCause = SuspendCause.UNPAID) -> bool:
        """Only what was suspended for this. Days it stood still are not billed."""
        if self.status != SubscriptionStatus.SUSPENDED or self.cause != cause:
            return False
        self.status = status_on(
            on, trial_ends_on=self.trial_ends_on, period_ends_on=self.period_ends_on
        )
        self.scope = self.cause = ""
        self.next_starts_on = max(self.next_starts_on, on)
        self.plan_next_bill(terms)
        return True

    def end(self) -> bool:
        if self.status == SubscriptionStatus.ENDED:
            return False
        self.status, self.scope, self.cause = SubscriptionStatus.ENDED, "", ""
        self.next_bill_on, self.change = None, None
        return True

    def move(self, old: SubscriptionStatus, new: SubscriptionStatus) -> None:
        if self.status == old:
            self.status = new

    def adopt(self, change: Awaited, *, anchor_day: int, terms: Terms) -> None:
        """What was confirmed is in force."""
        self.price_id, self.cycle = change.price_id, change.cycle
        self.amount_cents, self.version = change.amount_cents, change.version
        self.items = change.items
        if change.begins:
            self.next_starts_on = self.period_ends_on = change.begins.ends_on
            self.anchor_day = anchor_day
        self.drop_change(terms)

    def drop_change(self, terms: Terms) -> None:
        self.change, self.not_before = None, None
        self.plan_next_bill(terms)


@dataclass(frozen=True, slots=True)
class Asked:
    """An invoice that a run would write, and the subscriptions it is for."""

    draft: NewInvoice
    subscription_ids: tuple[UUID, ...]
    currency: str


@dataclass(slots=True)
class Shelf:
    """All that one customer keeps buying."""

    customer_id: UUID
    kept: dict[UUID, Kept]
    terms: Terms
    billed_on: date | None = None
    billing_day: int | None = None
    is_waived: bool = False
    parked: tuple[ParkReason, str] | None = None

    def copied(self) -> "Shelf":
        kept = {id_: replace(one, asked=list(one.asked)) for id_, one in self.kept.items()}
        return replace(self, kept=kept)

    @property
    def next_bill_on(self) -> date | None:
        """Not twice a day, however much is due."""
        if self.parked:
            return None
        days = [one.next_bill_on for one in self.kept.values() if one.next_bill_on]
        first = min(days, default=None)
        if first and self.billed_on:
            return max(first, self.billed_on + DAY)
        return first

    def next_day(self) -> date | None:
        """The first day on which something of it is to be done."""
        days = [self.next_bill_on, *self._days()]
        return min((day for day in days if day), default=None)

    def _days(self) -> Iterator[date | None]:
        for one in self.kept.values():
            if one.is_live:
                yield one.ends_on if one.cancels else None
                yield one.change.look_on if one.change else None
                yield one.tells_on

    def bill(self, on: date, reprice: Repricing | None = None) -> list[Asked]:
        """What the run of this day asks for; nothing where the bounds park the customer."""
        due = [one for one in self.kept.values() if one.next_bill_on and one.next_bill_on <= on]
        if not due or self.parked:
            return []
        renewals = [self._renewal(one, on, reprice) for one in sorted(due, key=_order)]
        bounds = Bounds(self.terms.most_lines, self.terms.most_times)
        allowed = None if self.is_waived else excess_of(renewals, bounds)
        if excess := absurdity_of(renewals) or allowed:
            self.parked = excess
            return []
        for renewal in renewals:
            self.kept[renewal.due.id].renew(renewal)
        self.billed_on, self.is_waived = on, False
        due_on = on + timedelta(days=self.terms.days_ahead)
        ordered = sorted(renewals, key=_currency)
        return [
            _asked(list(own), currency, due_on)
            for currency, own in groupby(ordered, key=_currency)
        ]

    def _renewal(self, one: Kept, on: date, reprice: Repricing | None) -> Renewal:
        due = one.due(on)
        usage = [replace(used, ends_on=max(on, used.starts_on + DAY)) for used in one.usage]
        return renewal_of(
            reprice(due) if reprice else due, days_ahead=self.terms.days_ahead, usage=usage
        )


def _order(one: Kept) -> str:
    return str(one.id)


def _currency(renewal: Renewal) -> str:
    return renewal.due.currency


def _asked(renewals: Sequence[Renewal], currency: str, due_on: date) -> Asked:
    ids = tuple(renewal.due.id for renewal in renewals)
    return Asked(invoice_of(renewals, due_on=due_on), ids, currency)
