"""The rows behind any figure: added up, shown, and written to a file, however many there are."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Generic, TypeVar
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.billing.types.deferring import DeferredRow
from alicerce.apps.billing.types.figures import Age, CollectedRow, OwedRow
from alicerce.apps.catalog import public as catalog
from alicerce.apps.customers import public as customers
from alicerce.apps.ledger import public as ledger
from alicerce.apps.ledger.types import TaxRow
from alicerce.apps.reports.types import (
    Behind,
    Cell,
    Column,
    Rows,
    Source,
)
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types.revenue import Bringing, MovementKind, MovementView
from alicerce.kernel.money import Money

T = TypeVar("T")
NAME, TEXT = "name", "text"
SOME = 1_000
"""Rows whose customers are named together."""
CUSTOMER = Cell(None)
"""Where the customer's name goes."""


@dataclass(frozen=True)
class Reading(Generic[T]):
    """How the rows of one source are read: in their order, whose each is, and what it says."""

    codes: Sequence[str]
    read: Callable[[Behind, str], Iterable[T]]
    whose: Callable[[T], UUID | None]
    amount: Callable[[T], Money]
    cells: Callable[[T], Sequence[Cell]]
    """Between its first and its amount; a customer's stands where `CUSTOMER` does."""

    @property
    def columns(self) -> list[Column]:
        return [
            Column(code, NAME if place == 0 else ("number" if code == "amount" else TEXT))
            for place, code in enumerate(self.codes)
        ]


def rows_behind(behind: Behind, *, currency: str, most: int | None = None) -> Rows:
    """All of them added up and counted, and so many to be shown. Raises ValueError for what means nothing."""
    reading = READ[behind.source]
    total = count = 0
    shown: list[Any] = []
    for one in reading.read(behind, currency):
        total, count = total + reading.amount(one).cents, count + 1
        if most is None or len(shown) < most:
            shown.append(one)
    return Rows(reading.columns, _told(reading, shown), Money(total, currency), count)


def every_row(
    behind: Behind, *, currency: str
) -> tuple[list[Column], Iterator[Sequence[Cell]]]:
    """However many: names are looked up for some at a time. Raises ValueError as above, at once."""
    reading = READ[behind.source]
    found = reading.read(behind, currency)
    return reading.columns, (row for some in _some(found) for row in _told(reading, some))


def _some(found: Iterable[T]) -> Iterator[list[T]]:
    rows = iter(found)
    while some := list(islice(rows, SOME)):
        yield some


def _told(reading: Reading[T], found: Sequence[T]) -> list[Sequence[Cell]]:
    names = customers.names_of({id_ for one in found if (id_ := reading.whose(one))})
    return [
        [
            _customer(reading.whose(one), names) if cell is CUSTOMER else cell
            for cell in (*reading.cells(one), Cell(reading.amount(one)))
        ]
        for one in found
    ]


def _customer(customer_id: UUID | None, names: dict[UUID, str]) -> Cell:
    if customer_id is None:
        return Cell(None)
    return Cell(names.get(customer_id, ""), thing=("customer", customer_id))


def _movements(behind: Behind, currency: str) -> Iterable[MovementView]:
    """Of more than one kind, what was lost by them: a loss is above zero."""
    kinds = [MovementKind(one) for one in behind.of.split(",") if one]
    found = subscriptions.movements(behind.first, behind.last, currency=currency, kinds=kinds)
    is_loss = len(kinds) > 1
    return (replace(one, delta=-one.delta) for one in found) if is_loss else found


def _bringing(behind: Behind, currency: str) -> Iterable[Bringing]:
    wanted = UUID(behind.of) if behind.of else None
    found = subscriptions.bringing(behind.last, currency=currency)
    return _of_plan(found, wanted) if wanted else found


def _of_plan(found: Iterable[Bringing], plan_id: UUID) -> Iterator[Bringing]:
    for some in _some(found):
        plans = catalog.plans_of_prices({one.price_id for one in some})
        yield from (one for one in some if plans[one.price_id][0] == plan_id)


def _paying(behind: Behind, currency: str) -> Iterable[tuple[UUID, Money]]:
    cents: dict[UUID, int] = {}
    for one in subscriptions.bringing(behind.last, currency=currency):
        cents[one.customer_id] = cents.get(one.customer_id, 0) + one.amount.cents
    return [(id_, Money(own, currency)) for id_, own in cents.items()]


def _lost(behind: Behind, currency: str) -> Iterable[tuple[UUID, Money]]:
    return subscriptions.lost_customers(behind.first, behind.last, currency=currency)


def _owed(behind: Behind, currency: str) -> Iterable[OwedRow]:
    age = Age(behind.of) if behind.of else None
    return billing.owed_rows(behind.last, currency=currency, age=age)


def _collected(behind: Behind, currency: str) -> Iterable[CollectedRow]:
    method = PaymentMethod(behind.of) if behind.of else None
    return billing.collected_rows(behind.first, behind.last, currency=currency, method=method)


def _taxes(behind: Behind, currency: str) -> Iterable[TaxRow]:
    return ledger.tax_rows(behind.first, behind.last, currency=currency, account=behind.of)


def _deferred(behind: Behind, currency: str) -> Iterable[DeferredRow]:
    return billing.deferred_rows(behind.last, currency=currency)


def _movement_cells(one: MovementView) -> Sequence[Cell]:
    thing = ("subscription", one.subscription_id)
    return (
        Cell(one.description, thing=thing),
        CUSTOMER,
        Cell(one.on),
        Cell(f"kind:{one.kind}"),
    )


def _owed_cells(one: OwedRow) -> Sequence[Cell]:
    return (Cell(one.code, thing=("invoice", one.invoice_id)), CUSTOMER, Cell(one.due_on))


def _collected_cells(one: CollectedRow) -> Sequence[Cell]:
    thing = ("invoice", one.invoice_id) if one.invoice_id else None
    on = one.at.astimezone(billing.zone()).date()
    return (Cell(one.reference, thing=thing), CUSTOMER, Cell(on), Cell(f"method:{one.method}"))


def _tax_cells(one: TaxRow) -> Sequence[Cell]:
    on = one.at.astimezone(billing.zone()).date()
    return (Cell(one.account), Cell(one.about), Cell(on))


def _deferred_cells(one: DeferredRow) -> Sequence[Cell]:
    return (
        Cell(one.code, thing=("invoice", one.invoice_id)),
        CUSTOMER,
        Cell(one.period.starts_on),
        Cell(one.period.last_day),
    )


BRINGING = Reading[Bringing](
    ("subscription", "customer", "amount"),
    _bringing,
    lambda one: one.customer_id,
    lambda one: one.amount,
    lambda one: (Cell(one.description, thing=("subscription", one.subscription_id)), CUSTOMER),
)
OF_CUSTOMERS = Reading[tuple[UUID, Money]](
    ("customer", "amount"),
    _paying,
    lambda one: one[0],
    lambda one: one[1],
    lambda one: (CUSTOMER,),
)
READ: dict[Source, Reading[Any]] = {
    Source.MOVEMENTS: Reading[MovementView](
        ("subscription", "customer", "day", "kind", "amount"),
        _movements,
        lambda one: one.customer_id,
        lambda one: one.delta,
        _movement_cells,
    ),
    Source.BRINGING: BRINGING,
    Source.PLAN: BRINGING,
    Source.PAYING: OF_CUSTOMERS,
    Source.LOST: replace(OF_CUSTOMERS, read=_lost),
    Source.OWED: Reading[OwedRow](
        ("invoice", "customer", "due_on", "amount"),
        _owed,
        lambda one: one.customer_id,
        lambda one: one.amount,
        _owed_cells,
    ),
    Source.COLLECTED: Reading[CollectedRow](
        ("payment", "customer", "day", "method", "amount"),
        _collected,
        lambda one: one.customer_id,
        lambda one: one.amount,
        _collected_cells,
    ),
    Source.TAXES: Reading[TaxRow](
        ("account", "movement", "day", "amount"),
        _taxes,
        lambda one: None,
        lambda one: one.amount,
        _tax_cells,
    ),
    Source.DEFERRED: Reading[DeferredRow](
        ("invoice", "customer", "first_day", "last_day", "amount"),
        _deferred,
        lambda one: one.customer_id,
        lambda one: one.unearned,
        _deferred_cells,
    ),
}
