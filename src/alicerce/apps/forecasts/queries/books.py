"""The books of some customers, copied by reading alone: as many statements for many as for one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NoReturn
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from alicerce.apps.billing import public as billing
from alicerce.apps.catalog import public as catalog
from alicerce.apps.collecting import public as collecting
from alicerce.apps.customers import public as customers
from alicerce.apps.dunning import public as dunning
from alicerce.apps.forecasts.models import Forecast
from alicerce.apps.forecasts.rules.book import Book, World
from alicerce.apps.forecasts.types import Assumption
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.taxes import public as taxes
from alicerce.apps.tenancy import public as tenancy


def only_read() -> None:
    """From here to the end of the transaction, or savepoint, the database refuses to write or to queue anything."""
    with connection.cursor() as cursor:
        cursor.execute("set transaction read only")


@contextmanager
def asking_nothing() -> Iterator[None]:
    """In here, whoever says anything to the database fails: stories are told out of their copy alone."""
    with connection.execute_wrapper(_refuse):
        yield


def _refuse(execute: object, statement: str, *_rest: object) -> NoReturn:
    raise AssertionError(f"a story asked the database: {statement[:200]}")


def next_customers(forecast: Forecast, *, limit: int) -> list[UUID]:
    return customers.customer_ids(after=forecast.after, limit=limit)


def world_of(forecast: Forecast) -> World:
    zone = ZoneInfo(tenancy.tenant_card().time_zone)
    return World(
        zone=zone,
        begins_at=forecast.begins_at,
        ends_at=_last_moment(forecast.until, zone),
        assumption=Assumption(forecast.assumption),
        money=billing.money_rules(),
    )


def books(customer_ids: Sequence[UUID], world: World) -> tuple[list[Book], World]:
    """In the order of the ids, and the world with the plans of all their prices."""
    today = world.day(world.begins_at)
    shelves = subscriptions.shelves(customer_ids, at=world.begins_at)
    prices = _prices(shelves.values())
    ladders, cards = dunning.ladder_book(customer_ids), collecting.card_book(customer_ids)
    ahead = taxes.taxes_ahead(customer_ids, prices, since=today)
    debts, wallets = billing.debts(customer_ids), billing.wallets(customer_ids)
    walking: dict[UUID, dict[UUID, dunning.Walking]] = defaultdict(dict)
    for invoice_id, walk in ladders.walking.items():
        walking[walk.customer_id][invoice_id] = walk
    asking = {one.id for own in debts.values() for one in own} | ladders.walking.keys()
    services = subscriptions.subscriptions_of_invoices(asking)
    wanted = world.assumption == Assumption.HABIT
    habits = billing.paid_after(customer_ids) if wanted else {}
    plans = {price: plan for price, (plan, _) in catalog.plans_of_prices(prices).items()}
    found = [
        Book(
            customer_id=id_,
            shelf=shelves[id_],
            ladder=ladders.ladders[id_].spec,
            taxes=ahead,
            override=ladders.overrides.get(id_),
            debts=debts.get(id_, ()),
            wallet=wallets.get(id_, {}),
            services=services,
            walking=walking[id_],
            cards=cards.cards.get(id_, ()),
            is_willing=id_ not in cards.unwilling,
            next_at=cards.next_at,
            failures=cards.failures,
            paid_after=habits.get(id_, ()),
        )
        for id_ in customer_ids
    ]
    return found, replace(world, plans=plans)


def local_day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(tenancy.tenant_card().time_zone)).date()


def _prices(shelves: Iterable[subscriptions.Shelf]) -> set[UUID]:
    kept = [one for shelf in shelves for one in shelf.kept.values()]
    later = {one.change.price_id for one in kept if one.change}
    return {one.price_id for one in kept} | later


def _last_moment(day: date, zone: ZoneInfo) -> datetime:
    """The last of the day that belongs to it, where the company is."""
    ends = datetime.combine(day + timedelta(days=1), time(), zone)
    return ends.astimezone(ZoneInfo("UTC")) - timedelta(microseconds=1)
