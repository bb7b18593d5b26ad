"""How orders from before were paid is taken over from the books, for every company."""

import pytest

from alicerce.kernel.ids import uuid7
from tests.journeys.test_upgrade_customers import an_empty_database, migrate, rows

BEFORE = [("orders", "0002_customer_moved"), ("billing", "0006_withdrawal_asked")]
LATER = [("orders", "0004_paid_by")]
ORDER = """
insert into orders_order (id, tenant_id, created_at, number, token, status, currency, total_cents,
    placed_at, customer_id)
values (%(order)s, %(tenant)s, now(), 1, %(status)s, %(status)s, 'BRL', 100, now(), %(customer)s);
insert into billing_invoice (id, tenant_id, created_at, customer_id, order_id, series, status,
    currency, total_cents, due_on, token)
values (%(invoice)s, %(tenant)s, now(), %(customer)s, %(order)s, 'A', 'draft', 'BRL', 0, now(), 'y');
"""
PAYMENT = """
insert into billing_payment (id, tenant_id, created_at, provider, reference, account_id, read_as,
    invoice_id, customer_id, method, amount_cents, currency, received_at, fit, reason)
values (%(payment)s, %(tenant)s, now(), %(method)s, %(method)s, %(account)s, 'x', %(invoice)s,
    %(customer)s, %(method)s, 100, 'BRL', now(), %(fit)s, %(reason)s);
"""
PAID_BY = "select paid_by from orders_order order by status desc"
FORCED = """
select relname from pg_class where relforcerowsecurity
    and relname in ('orders_order', 'billing_invoice', 'billing_payment') order by relname
"""
NAMES = ("order", "tenant", "customer", "invoice", "account")


def write(cursor, status, payments):
    ids = {name: uuid7() for name in NAMES}
    cursor.execute(ORDER, ids | {"status": status})
    for method, fit, reason in payments:
        said = {"payment": uuid7(), "method": method, "fit": fit, "reason": reason}
        cursor.execute(PAYMENT, ids | said)


@pytest.fixture(scope="module")
def upgraded(django_db_blocker):
    with django_db_blocker.unblock(), an_empty_database() as connection:
        migrate(connection, BEFORE)
        with connection.cursor() as cursor:
            cursor.execute("set session_replication_role = replica")
            write(
                cursor, "delivering", [("pix", "credited", "amount"), ("card", "applied", "")]
            )
            write(cursor, "awaiting_payment", [("pix", "credited", "amount")])
            cursor.execute("set session_replication_role = origin")
        migrate(connection, LATER)
        yield connection


def test_takes_over_what_settled_them_and_nothing_else(upgraded):
    assert rows(upgraded, PAID_BY) == ["card", ""]


def test_leaves_the_walls_as_they_were(upgraded):
    assert rows(upgraded, FORCED) == ["billing_invoice", "billing_payment", "orders_order"]
