"""Related objects in place of their ids: one query per relation, however many rows there are."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.customers import public as customers
from alicerce.apps.orders import public as orders
from alicerce.kernel.rest.answers import Answer, Row
from alicerce.kernel.rest.problems import InsufficientScope

Fetch = Callable[[Collection[UUID]], Mapping[UUID, Row]]


@dataclass(frozen=True, slots=True)
class Relation:
    """`column` of a row names the other row; who may not read those may not have them filled in."""

    column: str
    permission: str
    fetch: Fetch


CUSTOMER = Relation("customer_id", "customers:read", customers.customers_by_id)

INVOICE = Relation("invoice_id", "billing:read", billing.records.invoices_by_id)

# By the object that refers, and what it calls the other one.
RELATIONS: Mapping[tuple[str, str], Relation] = {
    ("invoice", "customer"): CUSTOMER,
    ("invoice", "order"): Relation("order_id", "orders:read", orders.orders_by_id),
    ("correction", "customer"): CUSTOMER,
    ("correction", "invoice"): INVOICE,
    ("credit_note", "customer"): CUSTOMER,
    ("credit_note", "invoice"): INVOICE,
    ("dispute", "customer"): CUSTOMER,
    ("dispute", "invoice"): INVOICE,
    ("fiscal_document", "customer"): CUSTOMER,
    ("fiscal_document", "invoice"): INVOICE,
    ("mandate", "customer"): CUSTOMER,
    ("payment_method", "customer"): CUSTOMER,
    ("refund", "customer"): CUSTOMER,
    ("refund", "invoice"): INVOICE,
    ("order", "customer"): CUSTOMER,
    ("order", "invoice"): Relation("id", "billing:read", billing.records.invoices_of_orders),
    ("migration", "customer"): CUSTOMER,
    ("service", "customer"): CUSTOMER,
    ("subscription", "customer"): CUSTOMER,
    ("service", "order"): Relation("order_line_id", "orders:read", orders.orders_of_lines),
}


def fill(answer: Answer, paths: Sequence[str], *, scopes: frozenset[str]) -> None:
    """Put the related objects in place. Raises InsufficientScope."""
    for path in sorted(paths):  # `order` stands before `order.customer`
        rows: Sequence[Row] = answer.rows
        *above, name = path.split(".")
        for step in above:
            if step not in paths:
                _fill(rows, step, scopes)
            rows = [row[step] for row in rows if row.get(step)]
        _fill(rows, name, scopes)


def _fill(rows: Sequence[Row], name: str, scopes: frozenset[str]) -> None:
    if not rows:
        return
    relation = RELATIONS[rows[0]["object"], name]
    if relation.permission not in scopes:
        raise InsufficientScope
    found = relation.fetch({row[relation.column] for row in rows if row[relation.column]})
    for row in rows:
        related = found.get(row[relation.column])
        row[name] = dict(related) if related else None
