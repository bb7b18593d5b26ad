"""Paying and canceling at once, on connections of their own: one wins, and nothing is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from django.db import connection

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.billing.tests.test_races import company, looking
from alicerce.apps.catalog import public as catalog
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.orders import public as orders
from alicerce.apps.orders import queries
from alicerce.apps.orders.errors import OrderNotUnpaid
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.services.order_for_customer import order_for_customer
from alicerce.apps.orders.tests.factories import NOON, an_order
from alicerce.apps.orders.types import CancelCause, OrderStatus, Sale
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction

__all__ = ["company"]

TURNS = 4
SOON = 10
WAITS = "select exists (select from pg_locks where not granted and pid <> pg_backend_pid())"


def a_sale():
    order = an_order()
    return order, billing.invoice_of_order(order.id), an_account()


def together(company, *acts):
    """What each of these ended with, all begun at the same moment."""
    start = threading.Barrier(len(acts))

    def attempt(act):
        start.wait(timeout=SOON)
        try:
            with acting(tenant_id=company.id):
                return act()
        except OrderNotUnpaid:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(attempt, acts))


def until_somebody_waits():
    deadline, pause = monotonic() + SOON, threading.Event()
    with connection.cursor() as cursor:
        while monotonic() < deadline:
            cursor.execute(WAITS)
            if cursor.fetchone()[0]:
                return
            pause.wait(0.01)
    raise AssertionError("nobody waits")


def cancel(order):
    return orders.cancel_order(order_id=order.id, cause=CancelCause.STAFF, at=NOON)


def pay(account, invoice):
    paid = a_payment(invoice.id, amount=invoice.total)
    return book_payment(account_id=account.id, paid=paid, at=NOON)


def test_paying_and_canceling_at_once_end_as_one_of_the_two(company):
    for turn in range(TURNS):
        order, invoice, account = looking(a_sale)
        acts = [lambda: cancel(order), lambda: pay(account, invoice)]  # noqa: B023 (run in this turn)

        together(company, *(acts if turn % 2 else reversed(acts)))

        ended = looking(lambda: queries.order(order.id).status)  # noqa: B023 (run in this turn)
        became = looking(lambda: billing.invoice(invoice.id).status)  # noqa: B023 (run in this turn)
        assert (ended, became) in {
            (OrderStatus.CANCELED, "void"),
            (OrderStatus.AWAITING_PAYMENT, "paid"),  # its release is queued
        }
    assert ledger_imbalance() == 0


def test_a_cancel_that_waits_for_a_payment_is_refused(company):
    order, invoice, account = looking(a_sale)
    held = threading.Event()

    def pay_slowly():
        with transaction():
            pay(account, invoice)
            held.set()
            until_somebody_waits()
        return True

    def cancel_meanwhile():
        assert held.wait(timeout=SOON)
        return cancel(order)

    assert together(company, pay_slowly, cancel_meanwhile) == [True, False]
    assert looking(lambda: billing.invoice(invoice.id).status) == "paid"


def test_a_payment_that_waits_for_a_cancel_becomes_credit(company):
    order, invoice, account = looking(a_sale)
    held = threading.Event()

    def cancel_slowly():
        with transaction():
            cancel(order)
            held.set()
            until_somebody_waits()
        return True

    def pay_meanwhile():
        assert held.wait(timeout=SOON)
        return pay(account, invoice)

    assert together(company, cancel_slowly, pay_meanwhile) == [True, True]
    assert looking(lambda: queries.order(order.id).status) == OrderStatus.CANCELED
    assert looking(lambda: billing.wallet_balance(order.customer_id)) == (order.total,)


def test_two_cancels_at_once_are_one(company):
    order, _invoice, _account = looking(a_sale)

    assert sorted(together(company, *[lambda: cancel(order)] * 4)) == [
        False,
        False,
        False,
        True,
    ]


def test_who_presses_twice_orders_once(company):
    with acting(tenant_id=company.id), transaction():
        known = an_order()
        price_id = catalog.storefront()[0].prices[0].price_id

    def press():
        return order_for_customer(
            customer_id=known.customer_id,
            price_id=price_id,
            domain="duas-vezes.com.br",
            sale=Sale(by_hand=True, token="o mesmo"),
            at=NOON,
        )

    assert len(set(together(company, press, press))) == 1
    with acting(tenant_id=company.id), transaction():
        assert Order.objects.exclude(pk=known.id).count() == 1
