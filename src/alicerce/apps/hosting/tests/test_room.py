"""Room is kept when something is ordered, and what has none is refused before an invoice is made."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.tests.test_races import company, looking
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import NoRoom, NoRoomToChange
from alicerce.apps.catalog.models import Plan
from alicerce.apps.catalog.tests.factories import a_plan, a_price
from alicerce.apps.hosting.models import Service
from alicerce.apps.hosting.queries.room import places_by_plan
from alicerce.apps.hosting.rules.room import Room, Seating, Want, places_left
from alicerce.apps.hosting.services.operations.follow_policy import follow_policy
from alicerce.apps.hosting.services.tell_of_room import tell_of_room
from alicerce.apps.hosting.tests.factories import a_pool, a_server, a_service
from alicerce.apps.hosting.types import Custom
from alicerce.apps.hosting.web.packages import room_concerns
from alicerce.apps.identity.tests.factories import a_person
from alicerce.apps.notify.models import Message
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.tests.factories import NOON, an_order
from alicerce.apps.orders.types import CancelCause, LineStatus
from alicerce.apps.subscriptions.tests.changing import shown
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.context import acting
from alicerce.kernel.crypto import reveal

__all__ = ["company"]
AT_ONCE = 6


def for_sale(region="sp", package="pro"):
    return a_price(plan=a_plan(spec={"package": package, "region": region}))


def left_of(price):
    return next(left for plan, left in places_by_plan(most=9) if plan.plan_id == price.plan_id)


def is_sold_out(price):
    return next(p.is_sold_out for p in catalog.storefront() if p.plan_id == price.plan_id)


def living(server, place, status):
    held = a_service(domain=f"velha{place}.com.br", region="sp")
    Service.objects.filter(pk=held.pk).update(
        server=server, status=status, activated_at=NOON, suspended_at=NOON
    )
    return Service.objects.get(pk=held.pk)


def order_of(price, number):
    return an_order(price=price, domain=f"loja{number}.com.br", email=f"r{number}@x.example")


@pytest.mark.usefixtures("tenant")
class TestRoom:
    def test_of_a_full_group_refuses_the_order_before_the_invoice(self, tenant, published):
        pool, price = a_pool(region="sp"), for_sale()
        server = a_server(pool=pool, max_accounts=4)
        a_server(pool=pool, max_accounts=50, accepting=False)
        old = [
            living(server, place, status)
            for place, status in enumerate(("active", "suspended"))
        ]
        follow_policy(custom=Custom(low_room=1), at=NOON)
        Plan.objects.exclude(pk=price.plan_id).update(is_visible=False)
        assert (left_of(price), tell_of_room(at=NOON)) == (2, 0)

        a_member(tenant, ana := a_person(), "owner")
        waiting = [order_of(price, number) for number in (1, 2)][-1]
        with pytest.raises(NoRoom):
            order_of(price, 3)

        assert (Order.objects.count() - len(old), Invoice.objects.count()) == (2, 2)
        assert is_sold_out(price)
        assert all("recusados antes do pagamento" in str(told.why) for told in room_concerns())
        assert [tell_of_room(at=NOON), tell_of_room(at=NOON)] == [1, 0]
        orders.cancel_order(order_id=waiting.id, cause=CancelCause.STAFF, at=NOON)
        assert (left_of(price), tell_of_room(at=NOON)) == (1, 0), "it was told already"
        old[0].confirm_removal(at=NOON)
        old[0].terminate(at=NOON)
        assert (left_of(price), is_sold_out(price), tell_of_room(at=NOON)) == (2, False, 0)
        assert order_of(price, 4).lines[0].status == LineStatus.WAITING
        assert (left_of(price), tell_of_room(at=NOON)) == (1, 1), "it had enough in between"

        own = [fact.name for fact in published if getattr(fact, "plan_id", "") == price.plan_id]
        assert [name for name in own if name.startswith("plan.")] == [
            "plan.sold_out",
            "plan.ran_low",
        ]
        letters = Message.objects.filter(template="room_runs_out", to=ana.email).order_by("id")
        said = [json.loads(reveal(letter, "values")) for letter in letters]
        assert [one["low"] for one in said] == ["", "Hospedagem Essencial (1)"]
        assert [one["full"] for one in said] == ["Hospedagem Essencial", ""]

    def test_is_asked_of_the_server_where_an_account_lives_before_its_plan_changes(self):
        small, big = for_sale(), for_sale(package="max")
        subscription = a_subscription(price=small)
        service = a_service(region="sp")
        server = a_server(pool=a_pool(region="sp"), max_accounts=1, packages=["pro"])
        Service.objects.filter(pk=service.pk).update(
            line_id=subscription.line_id, server=server, status="active", activated_at=NOON
        )
        a_server(pool=server.pool, packages=["max", "pro"])

        with pytest.raises(NoRoomToChange):
            shown(subscription, big, "2026-09-11")
        assert Invoice.objects.count() == 1
        server.see_packages(["max", "pro"], at=NOON)

        assert shown(subscription, big, "2026-09-11").price_id == big.id

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
        assert (seating.more(Want("sp")), seating.more(Want()), seating.more(Want("rj"))) == (
            1,
            1,
            0,
        )


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
