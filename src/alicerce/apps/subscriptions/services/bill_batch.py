"""Invoice the renewals of some customers in one transaction, with as many statements as for one.

What they are asked for is decided under the lock of their schedules.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection
from django.db.models import F

from alicerce.apps.billing import public as billing
from alicerce.apps.metering import public as metering
from alicerce.apps.metering.types import Usage
from alicerce.apps.subscriptions.events import SubscriptionRenewed
from alicerce.apps.subscriptions.models import (
    BilledPeriod,
    BillingBatch,
    Discount,
    Schedule,
    Subscription,
)
from alicerce.apps.subscriptions.queries.due import claim_due, claim_schedules
from alicerce.apps.subscriptions.queries.metered import midnight_in
from alicerce.apps.subscriptions.queries.terms import local_zone, terms
from alicerce.apps.subscriptions.rules.renewing import (
    Bounds,
    Due,
    Renewal,
    absurdity_of,
    excess_of,
    invoice_of,
    renewal_of,
)
from alicerce.apps.subscriptions.services.apply_moves import apply_moves
from alicerce.apps.subscriptions.services.hold import reschedule
from alicerce.apps.subscriptions.services.parking import park_all
from alicerce.apps.subscriptions.types import ParkReason, SubscriptionStatus
from alicerce.kernel.bulk import update_rows
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish_all
from alicerce.kernel.money import Money

OUTAGES = (OperationalError, InterfaceError)
NO_CURRENCY = ""
ADVANCED = ("id", "period_starts_on", "period_ends_on", "next_starts_on", "next_bill_on")
Parked = Mapping[UUID, tuple[ParkReason, str]]


class BatchFailed(Exception):
    """Nothing of a batch was written. Who was in it is worth knowing."""

    def __init__(self, customer_ids: Collection[UUID]) -> None:
        super().__init__(f"{len(customer_ids)} customers")
        self.customer_ids = sorted(customer_ids)


@dataclass(frozen=True, slots=True)
class Billed:
    """What a batch wrote: customers looked at, invoices, periods, and customers that wait for a person."""

    customers: int = 0
    invoices: int = 0
    renewals: int = 0
    parked: int = 0


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice and the renewals it is for."""

    invoice_id: UUID
    renewals: Sequence[Renewal]

    @property
    def cents(self) -> int:
        return sum(line.total.cents for one in self.renewals for line in one.asked)

    @property
    def currency(self) -> str:
        return self.renewals[0].due.currency


@transaction()
def bill_batch(
    *,
    run_id: UUID,
    on: date,
    most: int,
    at: datetime,
    only: Collection[UUID] | None = None,
) -> Billed:
    """Invoice the next period of what is due, for up to so many customers; one period each, once.

    Raises BatchFailed, with what went wrong as its cause. A database that is gone is no such thing.
    """
    claimed = claim_schedules(on, most=most, only=only)
    if not claimed:
        return Billed()
    try:
        with transaction():
            return _bill(claimed, run_id, on, at)
    except OUTAGES:
        raise
    except Exception as error:
        raise BatchFailed(claimed.keys()) from error


def _bill(claimed: Mapping[UUID, bool], run_id: UUID, on: date, at: datetime) -> Billed:
    own = terms()
    zone = local_zone()
    due = claim_due(on, customer_ids=claimed.keys(), zone=zone)
    midnight = midnight_in(zone, on)
    usage = _usage(due, on, midnight)
    renewals = [
        renewal_of(one, days_ahead=own.days_ahead, usage=usage.get(one.id, ())) for one in due
    ]
    parked = _beyond(renewals, claimed, Bounds(own.most_lines, own.most_times))
    fine = [one for one in renewals if one.due.customer_id not in parked]
    bills = _invoice(fine, on, own.days_ahead, at)
    _advance(bills)
    apply_moves(
        dues=[one.due for bill in bills for one in bill.renewals if one.due.next_price], at=at
    )
    _close_usage(bills, midnight)
    park_all(parked=parked, at=at)
    _schedule(claimed.keys() - parked.keys(), on)
    _tell(bills, at)
    _count(run_id, claimed, bills, parked, at)
    connection.check_constraints()  # books that do not balance fail here, and not at the commit
    return Billed(len(claimed), len(bills), len(fine), len(parked))


def _usage(due: Sequence[Due], on: date, midnight: datetime) -> dict[UUID, list[Usage]]:
    """What was used before this day, however late it was told."""
    starts = {one.id: one.started_on or on for one in due}
    return metering.usage_until(midnight, starts=starts, on=on)


def _close_usage(bills: Sequence[Bill], midnight: datetime) -> None:
    renewals = [(one, bill.invoice_id) for bill in bills for one in bill.renewals if one.usage]
    for is_trial in (False, True):
        metering.close_usage(
            asked=[
                (usage, None if is_trial else invoice_id)
                for one, invoice_id in renewals
                if one.due.is_trial == is_trial
                for usage in one.usage
            ],
            until=midnight,
            is_free=is_trial,
        )


def _beyond(
    renewals: Sequence[Renewal], claimed: Mapping[UUID, bool], bounds: Bounds
) -> dict[UUID, tuple[ParkReason, str]]:
    found = {}
    for customer_id, own in groupby(renewals, lambda one: one.due.customer_id):
        renewed = list(own)
        excess = absurdity_of(renewed)
        if excess is None and not claimed[customer_id]:
            excess = excess_of(renewed, bounds)
        if excess:
            found[customer_id] = excess
    return found


def _invoice(
    renewals: Sequence[Renewal], on: date, days_ahead: int, at: datetime
) -> list[Bill]:
    """One for each customer, and currency where they have more than one."""

    def whose(renewal: Renewal) -> tuple[UUID, str]:
        return renewal.due.customer_id, renewal.due.currency

    groups = [list(own) for _, own in groupby(sorted(renewals, key=whose), whose)]
    drafts = [invoice_of(own, due_on=_due_on(own, on, days_ahead)) for own in groups]
    invoice_ids = billing.open_invoices(drafts=drafts, at=at)
    return [Bill(*pair) for pair in zip(invoice_ids, groups, strict=True)]


def _due_on(renewals: Sequence[Renewal], on: date, days_ahead: int) -> date:
    """A trial that began with a card is charged when it is over; what else is due has its days."""
    if all(one.due.is_card_trial for one in renewals):
        return on
    return on + timedelta(days=days_ahead)


def _advance(bills: Sequence[Bill]) -> None:
    """Write down that the periods are billed, and which ones come next."""
    BilledPeriod.objects.write(
        (
            one.due.id,
            one.period,
            bill.invoice_id,
            Money(one.cents, bill.currency),
            one.due.version,
        )
        for bill in bills
        for one in bill.renewals
    )
    rows = [
        (
            one.due.id,
            one.period.starts_on,
            one.period.ends_on,
            one.period.ends_on,
            one.next_bill_on,
        )
        for bill in bills
        for one in bill.renewals
    ]
    update_rows(Subscription, ADVANCED, rows)
    tried = Subscription.objects.filter(pk__among=[row[0] for row in rows])
    tried.filter(status=SubscriptionStatus.TRIALING).update(status=SubscriptionStatus.ACTIVE)
    counted = [one.due.id for bill in bills for one in bill.renewals if one.due.discount]
    Discount.objects.filter(subscription_id__among=counted, cycles_left__gt=0).update(
        cycles_left=F("cycles_left") - 1
    )


def _schedule(customer_ids: Collection[UUID], on: date) -> None:
    Schedule.objects.filter(customer_id__among=customer_ids).update(
        billed_on=on, is_waived=False
    )
    reschedule(customer_ids=customer_ids)


def _tell(bills: Sequence[Bill], at: datetime) -> None:
    publish_all(
        [
            SubscriptionRenewed(
                at=at,
                subscription_id=one.due.id,
                customer_id=one.due.customer_id,
                invoice_id=bill.invoice_id,
                starts_on=one.period.starts_on,
                ends_on=one.period.ends_on,
            )
            for bill in bills
            for one in bill.renewals
        ]
    )


def _count(
    run_id: UUID,
    claimed: Collection[UUID],
    bills: Sequence[Bill],
    parked: Parked,
    at: datetime,
) -> None:
    """One row for each currency; who was looked at and parked stands in the first."""
    currencies = sorted({bill.currency for bill in bills}) or [NO_CURRENCY]
    BillingBatch.objects.bulk_create(
        BillingBatch(
            run_id=run_id,
            at=at,
            currency=currency,
            customers=0 if place else len(claimed),
            parked=0 if place else len(parked),
            invoices=sum(1 for bill in bills if bill.currency == currency),
            renewals=sum(len(b.renewals) for b in bills if b.currency == currency),
            total_cents=sum(bill.cents for bill in bills if bill.currency == currency),
        )
        for place, currency in enumerate(currencies)
    )
