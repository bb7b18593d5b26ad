"""Room is kept when something is ordered, and what has none is refused before an invoice is made."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.tests.test_races import company, looking
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import NoRoom
from alicerce.apps.catalog.tests.factories import a_plan, a_price
from alicerce.apps.hosting.models import Service
from alicerce.apps.hosting.queries.room import places_by_plan, plans_without_room
from alicerce.apps.hosting.rules.room import Room, Seating, Want, places_left
from alicerce.apps.hosting.tests.factories import a_pool, a_server, a_service
from alicerce.apps.hosting.web.packages import room_concerns
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.tests.factories import NOON, an_order
from alicerce.apps.orders.types import CancelCause, LineStatus
from alicerce.kernel.context import acting

__all__ = ["company"]
AT_ONCE = 6


def for_sale(region="sp"):
    return a_price(plan=a_plan(spec={"package": "pro", "region": region}))


def left_of_plans():
    return [(plan.plan_id, left) for plan, left in places_by_plan(most=9)]


def order_of(price, number):
    return an_order(price=price, domain=f"loja{number}.com.br", email=f"r{number}@x.example")


@pytest.mark.usefixtures("tenant")
class TestRoom:
    def test_of_a_full_group_refuses_the_order_before_the_invoice(self):
        pool, price = a_pool(region="sp"), for_sale()
        server = a_server(pool=pool, max_accounts=3)
        a_server(pool=pool, max_accounts=50, accepting=False)
        for place, status in enumerate(["active", "suspended"]):
            held = a_service(domain=f"velha{place}.com.br", region="sp")
            Service.objects.filter(pk=held.pk).update(
                server=server, status=status, activated_at=NOON, suspended_at=NOON
            )
        assert dict(left_of_plans())[price.plan_id] == 1

        waiting = order_of(price, 1)
        with pytest.raises(NoRoom):
            order_of(price, 2)

        assert (Order.objects.filter(token=waiting.token).count(), Invoice.objects.count()) == (
            1,
            1,
        )
        assert [
            plan.is_sold_out for plan in catalog.storefront() if plan.plan_id == price.plan_id
        ] == [True]
        assert price.plan_id in [plan.plan_id for plan in plans_without_room()]
        assert all("recusados antes do pagamento" in str(told.why) for told in room_concerns())
        orders.cancel_order(order_id=waiting.id, cause=CancelCause.STAFF, at=NOON)
        assert order_of(price, 3).lines[0].status == LineStatus.WAITING

    def test_is_where_region_and_package_fit_and_who_may_live_elsewhere_moves_over(self):
        sp, rj, old = Room("sp", {"pro"}, 2), Room("rj", None, 1), Room("rj", {"mini"}, 5)
        rooms = [sp, rj, old]
        anywhere, in_sp, mini = Want(package="pro"), Want("sp", "pro"), Want("rj", "mini")

        assert places_left(in_sp, rooms=rooms, waiting={anywhere: 1}) == 2
        assert places_left(in_sp, rooms=rooms, waiting={anywhere: 2}) == 1
        assert places_left(anywhere, rooms=rooms, waiting={in_sp: 9}) == 1
        assert places_left(anywhere, rooms=rooms, waiting={mini: 5, in_sp: 1}) == 2
        assert places_left(mini, rooms=rooms, waiting={mini: 1, anywhere: 9}) == 4
        assert places_left(Want("mars"), rooms=rooms, waiting={}) == 0
        assert places_left(in_sp, rooms=[], waiting={}) is None

    def test_is_asked_about_without_being_taken(self):
        seating = Seating([Room("sp", None, 2)], {Want("sp"): 1})
        assert (seating.more(Want("sp")), seating.more(Want()), seating.more(Want("rj"))) == (1, 1, 0)


def test_the_last_place_is_ordered_once_however_many_ask_at_the_same_time(company):
    looking(lambda: a_server(pool=a_pool(region="sp"), max_accounts=2))
    price = looking(for_sale)
    start = threading.Barrier(AT_ONCE)

    def ask(number):
        start.wait(timeout=10)
        try:
            with acting(tenant_id=company.id):
                return bool(looking(lambda: order_of(price, number)))
        except NoRoom:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sorted(pool.map(ask, range(AT_ONCE))) == [False] * 4 + [True] * 2
