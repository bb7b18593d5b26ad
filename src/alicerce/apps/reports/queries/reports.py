"""Any report, by its name; the rows behind any figure."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.billing.types.figures import Age
from alicerce.apps.catalog import public as catalog
from alicerce.apps.customers import public as customers
from alicerce.apps.reports.queries import money, recurring
from alicerce.apps.reports.types import (
    Behind,
    Cell,
    Column,
    Report,
    ReportName,
    Rows,
    Source,
    Span,
    Value,
)
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types.revenue import MovementKind
from alicerce.kernel.money import Money

NAME, TEXT = "name", "text"


def report(name: ReportName, span: Span, *, today: date) -> Report:
    if name == ReportName.AGING:
        return money.aging(span, today=today)
    if name == ReportName.DEFERRED:
        return money.deferred(span, today=today)
    return {
        ReportName.MRR: recurring.mrr,
        ReportName.CHURN: recurring.churn,
        ReportName.COLLECTED: money.collected,
        ReportName.TAX: money.tax,
        ReportName.MARGIN: recurring.margin,
    }[name](span)


def rows_behind(behind: Behind, *, currency: str) -> Rows:
    """Raises ValueError for a narrowing that means nothing."""
    return READ[behind.source](behind, currency)


def _movements(behind: Behind, currency: str) -> Rows:
    kinds = [MovementKind(one) for one in behind.of.split(",") if one]
    found = subscriptions.movements(behind.first, behind.last, currency=currency, kinds=kinds)
    names = _names([one.customer_id for one in found])
    sign = -1 if len(kinds) > 1 else 1
    rows = [
        [
            Cell(one.description, thing=("subscription", one.subscription_id)),
            _customer(one.customer_id, names),
            Cell(one.on),
            Cell(f"kind:{one.kind}"),
            Cell(one.delta * sign),
        ]
        for one in found
    ]
    return _told(("subscription", "customer", "day", "kind", "amount"), rows, currency)


def _bringing(behind: Behind, currency: str) -> Rows:
    found = subscriptions.bringing(behind.last, currency=currency)
    if behind.of:
        plans = catalog.plans_of_prices([one.price_id for one in found])
        found = [one for one in found if plans[one.price_id][0] == UUID(behind.of)]
    names = _names([one.customer_id for one in found])
    rows = [
        [
            Cell(one.description, thing=("subscription", one.subscription_id)),
            _customer(one.customer_id, names),
            Cell(one.amount),
        ]
        for one in found
    ]
    return _told(("subscription", "customer", "amount"), rows, currency)


def _paying(behind: Behind, currency: str) -> Rows:
    cents: dict[UUID, int] = {}
    for one in subscriptions.bringing(behind.last, currency=currency):
        cents[one.customer_id] = cents.get(one.customer_id, 0) + one.amount.cents
    names = _names(list(cents))
    rows = [[_customer(id_, names), Cell(Money(own, currency))] for id_, own in cents.items()]
    return _told(("customer", "amount"), rows, currency)


def _lost(behind: Behind, currency: str) -> Rows:
    found = subscriptions.lost_customers(behind.first, behind.last, currency=currency)
    names = _names([customer_id for customer_id, _ in found])
    rows = [[_customer(customer_id, names), Cell(amount)] for customer_id, amount in found]
    return _told(("customer", "amount"), rows, currency)


def _owed(behind: Behind, currency: str) -> Rows:
    age = Age(behind.of) if behind.of else None
    found = billing.owed_rows(behind.last, currency=currency, age=age)
    names = _names([one.customer_id for one in found])
    rows = [
        [
            Cell(one.code, thing=("invoice", one.invoice_id)),
            _customer(one.customer_id, names),
            Cell(one.due_on),
            Cell(one.amount),
        ]
        for one in found
    ]
    return _told(("invoice", "customer", "due_on", "amount"), rows, currency)


def _collected(behind: Behind, currency: str) -> Rows:
    method = PaymentMethod(behind.of) if behind.of else None
    found = billing.collected_rows(behind.first, behind.last, currency=currency, method=method)
    names = _names([one.customer_id for one in found if one.customer_id])
    rows = [
        [
            Cell(one.reference, thing=("invoice", one.invoice_id) if one.invoice_id else None),
            _customer(one.customer_id, names) if one.customer_id else Cell(None),
            Cell(one.at.astimezone(billing.zone()).date()),
            Cell(f"method:{one.method}"),
            Cell(one.amount),
        ]
        for one in found
    ]
    return _told(("payment", "customer", "day", "method", "amount"), rows, currency)


def _taxes(behind: Behind, currency: str) -> Rows:
    found = billing.tax_rows(behind.first, behind.last, currency=currency, account=behind.of)
    rows = [
        [
            Cell(one.account),
            Cell(one.about),
            Cell(one.at.astimezone(billing.zone()).date()),
            Cell(one.amount),
        ]
        for one in found
    ]
    return _told(("account", "movement", "day", "amount"), rows, currency)


def _deferred(behind: Behind, currency: str) -> Rows:
    found = billing.deferred_rows(behind.last, currency=currency)
    names = _names([one.customer_id for one in found])
    rows = [
        [
            Cell(one.code, thing=("invoice", one.invoice_id)),
            _customer(one.customer_id, names),
            Cell(one.period.starts_on),
            Cell(one.period.last_day),
            Cell(one.unearned),
        ]
        for one in found
    ]
    return _told(("invoice", "customer", "first_day", "last_day", "amount"), rows, currency)


READ: dict[Source, Callable[[Behind, str], Rows]] = {
    Source.MOVEMENTS: _movements,
    Source.BRINGING: _bringing,
    Source.PLAN: _bringing,
    Source.PAYING: _paying,
    Source.LOST: _lost,
    Source.OWED: _owed,
    Source.COLLECTED: _collected,
    Source.TAXES: _taxes,
    Source.DEFERRED: _deferred,
}


def _names(customer_ids: Sequence[UUID]) -> dict[UUID, str]:
    return customers.names_of(set(customer_ids))


def _customer(customer_id: UUID, names: dict[UUID, str]) -> Cell:
    return Cell(names.get(customer_id, ""), thing=("customer", customer_id))


def _told(codes: Sequence[str], rows: Sequence[Sequence[Cell]], currency: str) -> Rows:
    """The last column is what the rows add up to."""
    total = sum((_cents(row[-1].value) for row in rows), 0)
    columns = [
        Column(code, NAME if place == 0 else ("number" if code == "amount" else TEXT))
        for place, code in enumerate(codes)
    ]
    return Rows(columns, rows, Money(total, currency))


def _cents(value: Value) -> int:
    return value.cents if isinstance(value, Money) else 0
