"""Prices from before get the day they were written down as the day they came into force."""

import pytest

from alicerce.kernel.ids import uuid7
from tests.journeys.test_upgrade_customers import an_empty_database, migrate, rows

BEFORE = [("catalog", "0001_initial")]
LATER = [("catalog", "0003_since")]
PRICE = """
insert into catalog_price (id, tenant_id, created_at, plan_id, cycle, currency, amount_cents, is_active)
values (%(id)s, %(tenant)s, '2026-01-02T03:00Z', %(plan)s, %(cycle)s, 'BRL', 100, %(active)s)
"""
FOUND = """
select cycle, since = created_at, retired_at is null, setup_cents from catalog_price order by cycle
"""
FORCED = "select relforcerowsecurity from pg_class where relname = 'catalog_price'"


@pytest.fixture(scope="module")
def upgraded(django_db_blocker):
    with django_db_blocker.unblock(), an_empty_database() as connection:
        migrate(connection, BEFORE)
        with connection.cursor() as cursor:
            cursor.execute("set session_replication_role = replica")
            for cycle, active in (("annual", False), ("monthly", True)):
                ids = {name: uuid7() for name in ("id", "tenant", "plan")}
                cursor.execute(PRICE, {**ids, "cycle": cycle, "active": active})
            cursor.execute("set session_replication_role = origin")
        migrate(connection, LATER)
        yield connection


def test_prices_keep_their_beginning_and_what_was_retired_has_an_end(upgraded):
    with upgraded.cursor() as cursor:
        cursor.execute(FOUND)
        found = cursor.fetchall()

    assert found == [("annual", True, False, 0), ("monthly", True, True, 0)]


def test_leaves_the_wall_as_it_was(upgraded):
    assert rows(upgraded, FORCED) == [True]
