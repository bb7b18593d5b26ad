"""What reports add up of money, and the rows behind each sum: both ask the same rows.

However many rows there are, they are read some at a time: within the transaction of whoever reads.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from heapq import merge
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import TruncMonth

from alicerce.apps.billing.models import Deferral, Invoice, Payment, Refund
from alicerce.apps.billing.models.deferral import Earned
from alicerce.apps.billing.types import PaymentMethod, Period, invoice_code
from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.apps.billing.types.deferring import DeferredRow
from alicerce.apps.billing.types.figures import (
    DAYS,
    Age,
    CollectedRow,
    OwedRow,
    Tally,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.money import Money

SOME = 2_000
"""Rows that are read at a time."""
LEFT = F("total_cents") - F("paid_cents") - F("relieved_cents")


def zone() -> ZoneInfo:
    return ZoneInfo(tenancy.tenant_card().time_zone)


def _span(first: date, last: date, at: str) -> Q:
    """From the midnight that begins the first day to the one that ends the last, where the company is."""
    here = zone()
    begins = datetime.combine(first, time(), here)
    ends = datetime.combine(last + timedelta(days=1), time(), here)
    return Q(**{f"{at}__gte": begins, f"{at}__lt": ends})


def ages(on: date, *, currency: str) -> dict[Age, Tally]:
    """What open invoices still ask for, by how late they are on that day."""
    whens = [When(_aged(age, on), then=Value(age.value)) for age in Age]
    rows = (
        Invoice.objects.filter(status="open", currency=currency)
        .annotate(age=Case(*whens))
        .values_list("age")
        .annotate(count=Count("id"), cents=Sum(LEFT))
        .order_by()
    )
    return {Age(age): Tally(count, int(cents)) for age, count, cents in rows}


def owed_rows(on: date, *, currency: str, age: Age | None = None) -> Iterator[OwedRow]:
    """The rows of such a sum, the longest overdue first."""
    rows = Invoice.objects.filter(status="open", currency=currency)
    if age:
        rows = rows.filter(_aged(age, on))
    for one in rows.order_by("due_on", "id").iterator(SOME):
        yield OwedRow(one.id, one.code, one.customer_id, one.due_on, one.remaining)


def _aged(age: Age, on: date) -> Q:
    least, most = DAYS[age]
    found = Q()
    if least is not None:
        found &= Q(due_on__lte=on - timedelta(days=least))
    if most is not None:
        found &= Q(due_on__gte=on - timedelta(days=most))
    return found


def collected(first: date, last: date, *, currency: str) -> dict[tuple[date, str], Tally]:
    """By month and method, what came less what went back, each on its own day; and how many moves it was."""
    found: dict[tuple[date, str], Tally] = {}
    for rows, at, sign in _moves(first, last, currency):
        told = (
            rows.annotate(month=TruncMonth(at, tzinfo=zone()))
            .values_list("month", _method_of(at))
            .annotate(count=Count("id"), cents=Sum("amount_cents"))
            .order_by()
        )
        for month, method, count, cents in told:
            key = (month.date(), str(method))
            before = found.get(key, Tally(0, 0))
            found[key] = Tally(before.count + count, before.cents + sign * int(cents))
    return found


def collected_rows(
    first: date, last: date, *, currency: str, method: PaymentMethod | None = None
) -> Iterator[CollectedRow]:
    """The rows of such a sum, in their order."""
    moves = [
        _collected(rows.filter(**{_method_of(at): method}) if method else rows, at, sign)
        for rows, at, sign in _moves(first, last, currency)
    ]
    return merge(*moves, key=lambda row: (row.at, row.id))


def _collected(rows: QuerySet[Any], at: str, sign: int) -> Iterator[CollectedRow]:
    facts = rows.order_by(at, "id").values_list(
        "id",
        "invoice_id",
        "customer_id",
        _method_of(at),
        "reference",
        at,
        "amount_cents",
        "currency",
    )
    for id_, invoice_id, customer_id, way, reference, moment, cents, currency in facts.iterator(
        SOME
    ):
        yield CollectedRow(
            id_,
            invoice_id,
            customer_id,
            PaymentMethod(way),
            reference,
            moment,
            Money(sign * cents, currency),
        )


def _moves(first: date, last: date, currency: str) -> list[tuple[QuerySet[Any], str, int]]:
    came = Payment.objects.filter(_span(first, last, "received_at"), currency=currency)
    went = Refund.objects.filter(
        _span(first, last, "ended_at"), currency=currency, status=RefundStatus.SUCCEEDED
    )
    return [(came, "received_at", 1), (went, "ended_at", -1)]


def _method_of(at: str) -> str:
    """A refund goes the way of its payment."""
    return "method" if at == "received_at" else "payment__method"


def deferred_by_month(day: date, *, currency: str) -> dict[date, int]:
    """What was not earned at the end of that day, by the month whose days will earn it."""
    rows = Deferral.objects.on(day).filter(currency=currency)
    last = rows.order_by("-ends_on").values_list("ends_on", flat=True).first()
    found: dict[date, int] = {}
    start = day
    while last and start < last:
        after = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        cents = rows.aggregate(cents=Sum(_earned_before(after)) - Sum(_earned_before(start)))[
            "cents"
        ]
        found[start.replace(day=1)] = int(cents or 0)
        start = after
    return found


def _earned_before(day: date) -> Earned:
    return Earned("amount_cents", "starts_on", "ends_on", Value(day))


def deferred_rows(day: date, *, currency: str) -> Iterator[DeferredRow]:
    """What of each line was not earned at the end of that day; together they are `unearned`."""
    rows = Deferral.objects.on(day).filter(currency=currency)
    found = rows.select_related("invoice").order_by("ends_on", "id")
    for row in found.iterator(SOME):
        yield DeferredRow(
            row.invoice_id,
            invoice_code(row.invoice.series, row.invoice.number),
            row.invoice.customer_id,
            row.subscription_id,
            Money(row.amount_cents, currency),
            Money(row.unearned(day), currency),
            Period(row.starts_on, row.ends_on),
        )
