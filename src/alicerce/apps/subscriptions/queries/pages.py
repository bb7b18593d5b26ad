"""What the pages of subscriptions and of billing show."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from alicerce.apps.billing.types import Period
from alicerce.apps.subscriptions.models import (
    BilledPeriod,
    BillingBatch,
    BillingRun,
    Item,
    Schedule,
    Subscription,
)
from alicerce.apps.subscriptions.types import (
    BilledPeriodView,
    NewItem,
    ParkedCustomer,
    ParkReason,
    RunView,
    SubscriptionPage,
    SubscriptionStatus,
)
from alicerce.kernel.money import Money

PAGE = 50
FIGURES = ("customers", "invoices", "renewals", "parked", "total_cents")


def subscription_page(
    *,
    before: UUID | None = None,
    status: SubscriptionStatus | None = None,
    customer_ids: Sequence[UUID] | None = None,
    limit: int = PAGE,
) -> SubscriptionPage:
    """Newest first; `before` is the page's key."""
    rows: QuerySet[Subscription] = Subscription.objects.newest_first()
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if status is not None:
        rows = rows.filter(status=status)
    if customer_ids is not None:
        rows = rows.filter(customer_id__in=customer_ids)
    found = [row.card() for row in rows[: limit + 1]]
    shown = tuple(found[:limit])
    return SubscriptionPage(shown, shown[-1].id if len(found) > limit else None)


def items_of(subscription_id: UUID) -> list[NewItem]:
    """Those in force."""
    rows = Item.objects.in_force().filter(subscription_id=subscription_id)
    return [row.sold() for row in rows.order_by("position")]


def periods_of(subscription_id: UUID, *, limit: int = PAGE) -> list[BilledPeriodView]:
    """The latest that were invoiced."""
    rows = BilledPeriod.objects.standing().filter(subscription_id=subscription_id)
    return [
        BilledPeriodView(
            Period(row.starts_on, row.ends_on),
            row.invoice_id,
            Money(row.amount_cents, row.currency),
        )
        for row in rows.order_by("-starts_on")[:limit]
    ]


def latest_runs(*, limit: int = 20) -> list[RunView]:
    """With what each has done so far: the sums of its batches, all in one look."""
    runs = list(BillingRun.objects.order_by("-id")[:limit])
    done = BillingBatch.objects.filter(run_id__in=[run.id for run in runs])
    sums: Any = (
        done.order_by()
        .values("run_id", "currency")
        .annotate(**{f"all_{n}": Sum(n) for n in FIGURES})
    )
    return [_run(run, [row for row in sums if row["run_id"] == run.id]) for run in runs]


def parked_customers(*, limit: int = PAGE) -> list[ParkedCustomer]:
    """Who waits for a person, the longest first."""
    rows = Schedule.objects.parked().order_by("parked_at")
    return [
        ParkedCustomer(
            row.customer_id, ParkReason(row.parked_reason), row.parked_detail, row.parked_at
        )
        for row in rows[:limit]
        if row.parked_at
    ]


def billing_day_of(customer_id: UUID) -> int | None:
    found: int | None = (
        Schedule.objects.filter(customer_id=customer_id)
        .values_list("billing_day", flat=True)
        .first()
    )
    return found


def _run(run: BillingRun, sums: Sequence[Mapping[str, Any]]) -> RunView:
    def all_of(name: str) -> int:
        return sum(row[f"all_{name}"] for row in sums)

    return RunView(
        id=run.id,
        on=run.on,
        started_at=run.started_at,
        finished_at=run.finished_at,
        due=run.due,
        customers=all_of("customers"),
        invoices=all_of("invoices"),
        renewals=all_of("renewals"),
        parked=all_of("parked"),
        totals=tuple(
            Money(row["all_total_cents"], str(row["currency"]))
            for row in sums
            if row["currency"]
        ),
    )
