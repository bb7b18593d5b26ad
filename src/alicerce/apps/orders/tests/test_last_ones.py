"""Many buyers at once, on connections of their own: the last one goes to one of them."""

import pytest

from alicerce.apps.billing.tests.test_races import company, looking
from alicerce.apps.catalog.errors import CouponUsed, CouponUsedUp, OutOfStock
from alicerce.apps.catalog.models import Coupon, Plan, Taking
from alicerce.apps.catalog.tests.factories import a_coupon, a_plan, a_price
from alicerce.apps.customers.tests.factories import a_cpf
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.tests.factories import NOON, a_buyer, an_order
from alicerce.apps.orders.tests.test_races import together
from alicerce.apps.orders.types import CancelCause, Extras
from alicerce.kernel.db import transaction

__all__ = ["company"]

BUYERS = 6
REFUSALS = (CouponUsed, CouponUsedUp, OutOfStock)


def buys(price, code="", **buyer):
    """Somebody who orders, and says whether they got it."""
    facts = {"email": f"{a_cpf()}@example.com", "document": a_cpf(), **buyer}

    def act():
        try:
            orders.place_order(
                price_id=price.id,
                domain="padaria.com.br",
                buyer=a_buyer(**facts),
                at=NOON,
                extras=Extras(coupon=code),
            )
        except REFUSALS:
            return False
        return True

    return act


@transaction()
def state():
    return (
        Order.objects.count(),
        [coupon.redeemed for coupon in Coupon.objects.all()],
        list(Plan.objects.values_list("stock", flat=True)),
    )


def test_a_coupon_is_redeemed_as_often_as_it_says(company):
    price, _coupon = looking(a_price), looking(lambda: a_coupon(code="DUAS", most=2))

    got = together(company, *[buys(price, "DUAS") for _ in range(BUYERS)])

    assert sum(got) == 2
    assert looking(state) == (2, [2], [None])


def test_a_customer_redeems_once_however_many_windows(company):
    price = looking(a_price)
    looking(lambda: a_coupon(code="UMA", once_per_customer=True))
    same = {"email": "renata@example.com", "document": a_cpf()}
    looking(lambda: an_order(price=price, **same))

    got = together(company, *[buys(price, "UMA", **same) for _ in range(BUYERS)])

    assert sum(got) == 1
    assert looking(Taking.objects.count) == 1


def test_the_last_units_go_to_as_many(company):
    price = looking(lambda: a_price(plan=a_plan(stock=3)))

    got = together(company, *[buys(price) for _ in range(BUYERS)])

    assert sum(got) == 3
    assert looking(state) == (3, [], [0])


@pytest.mark.parametrize("turn", range(3))
def test_what_is_canceled_at_once_comes_back_once(company, turn):
    price = looking(lambda: a_price(plan=a_plan(stock=1)))
    looking(lambda: a_coupon(code="UMA", most=1))
    order = looking(lambda: an_order(price=price, extras=Extras(coupon="UMA")))

    def cancel():
        return orders.cancel_order(order_id=order.id, cause=CancelCause.STAFF, at=NOON)

    together(company, cancel, cancel, buys(price, "UMA"), cancel)

    placed, (redeemed,), (stock,) = looking(state)
    assert (redeemed, stock) == (placed - 1, 2 - placed)
