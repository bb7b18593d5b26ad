"""A pooled connection carries nothing of one tenant to the next, whatever went wrong before."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.db.transaction import set_rollback

from alicerce.apps.orders.models import Line, Order
from alicerce.kernel.context import acting
from alicerce.kernel.db import as_operator, showing_rows_of, transaction
from alicerce.kernel.sessions import lay_down_session, take_up_session
from tests.architecture.isolation.scratch import django_on
from tests.architecture.isolation.surroundings import NO_TENANT

pytest_plugins = ["tests.architecture.isolation.fixtures"]

THREADS, TURNS, EXTRA = 16, 24, 0  # the pool holds two connections more than asked for
LEFT = "select current_setting('app.tenant_id', true), current_user"


class Mishap(Exception):
    """Something went wrong half-way."""


def seen(tenant_id):
    owners = {row.tenant_id for model in (Order, Line) for row in model.objects.all()}
    assert owners == {tenant_id}, f"{owners} seen by {tenant_id}"


def quietly(tenant_id, other_id):
    seen(tenant_id)


def by_exception(tenant_id, other_id):
    seen(tenant_id)
    raise Mishap


def by_database_error(tenant_id, other_id):
    seen(tenant_id)
    with connection.cursor() as cursor:
        cursor.execute("select 1 / 0")


def by_rollback(tenant_id, other_id):
    seen(tenant_id)
    set_rollback(True)


def nested(tenant_id, other_id):
    with showing_rows_of(other_id):
        seen(other_id)
    seen(tenant_id)


def undone_inside(tenant_id, other_id):
    with suppress(Mishap), acting(tenant_id=other_id), transaction():
        by_exception(other_id, tenant_id)
    seen(tenant_id)


def as_an_operator(tenant_id, other_id):
    with as_operator():
        assert {order.tenant_id for order in Order.objects.all()} >= {tenant_id, other_id}
    seen(tenant_id)


def lost_as_operator(tenant_id, other_id):
    with as_operator():
        raise Mishap


def kept_open(tenant_id, other_id):
    """Leave behind what outlives a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.tenant_id', %s, false)", [str(tenant_id)])
        cursor.execute("declare leftover cursor with hold for select * from orders_order")


ENDINGS = (
    quietly, by_exception, by_database_error, by_rollback, nested, undone_inside,
    as_an_operator, lost_as_operator, kept_open,
)  # fmt: skip


def bare():
    """What whoever gets the connection next finds on it."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT)
        assert cursor.fetchone() == (NO_TENANT, "alicerce_app")
        cursor.execute("select count(*) from pg_cursors where name = 'leftover'")
        assert cursor.fetchone() == (0,)
    assert Order.objects.count() == Line.objects.count() == 0


def give_back():
    connection.close()


def keep():
    """As a thread of the worker does between two jobs."""
    lay_down_session()
    take_up_session()


def work(seed, tenants, endings, then):
    """Take a connection, do something as some tenant, give it back or keep it; again and again."""
    chance, done = Random(seed), 0  # noqa: S311
    for _ in range(TURNS):
        tenant_id, other_id = chance.sample(tenants, 2)
        try:
            with acting(tenant_id=tenant_id), transaction():
                chance.choice(endings)(tenant_id, other_id)
        except (Mishap, DatabaseError):
            pass
        finally:
            then()
        if chance.random() < 1 / 2:
            _look_at_what_is_left(then)
        done += 1
    connection.close()
    return done


def _look_at_what_is_left(then):
    try:
        bare()
    finally:
        then()


def soak(stage, endings=ENDINGS, *, forgets=True, then=give_back, threads=THREADS):
    tenants = [UUID(stage.world.ours), UUID(stage.world.theirs)]
    with (
        django_on(stage.database, pool=EXTRA, forgets=forgets),
        ThreadPoolExecutor(threads) as pool,
    ):
        return list(pool.map(lambda seed: work(seed, tenants, endings, then), range(THREADS)))


def test_threads_that_share_few_connections_never_see_a_stranger(stage, django_db_blocker):
    with django_db_blocker.unblock():
        assert soak(stage) == [TURNS] * THREADS


def test_threads_that_keep_their_connection_never_see_a_stranger(stage, django_db_blocker):
    with django_db_blocker.unblock():
        assert soak(stage, then=keep, threads=2) == [TURNS] * THREADS


def test_a_pool_that_remembers_is_found(stage, django_db_blocker):
    with django_db_blocker.unblock(), pytest.raises(AssertionError, match=r"alicerce_app"):
        soak(stage, (kept_open,), forgets=False)
