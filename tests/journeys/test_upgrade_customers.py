"""Customers came from tenancy: a database with rows from before keeps every one of them."""

import os
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from alicerce.kernel.ids import uuid7
from alicerce.project.settings.database import connection_settings

BEFORE = [
    ("tenancy", "0002_lookups"),
    ("orders", "0001_initial"),
    ("billing", "0002_rules"),
    ("hosting", "0001_initial"),
    ("support", "0001_initial"),
]
ROWS = """
insert into tenancy_tenant (id, slug, name, legal_name, document, city, locale, time_zone,
    brand_color, alert_email, is_root, status, created_at)
values (%(tenant)s, 'padaria', 'Padaria', 'Padaria Ltda', '11222333000181', 'Curitiba', 'pt-br',
    'America/Sao_Paulo', '#2f5fe0', 'a@padaria.example', false, 'active', now());
insert into identity_user (id, created_at, password, email, name, locale, is_active)
values (%(user)s, now(), '!', 'renata@example.com', 'Renata', 'pt-br', true);
insert into tenancy_customer (id, tenant_id, created_at, name, email, document, document_kind, locale)
values (%(customer)s, %(tenant)s, now(), 'Renatá', 'renata@example.com', '52998224725', 'cpf', 'pt-br'),
    (%(again)s, %(tenant)s, now(), 'Renata', 'outra@example.com', '52998224725', 'cpf', 'pt-br');
insert into tenancy_customeruser (id, tenant_id, created_at, role, customer_id, user_id)
values (%(link)s, %(tenant)s, now(), 'owner', %(customer)s, %(user)s);
insert into orders_order (id, tenant_id, created_at, number, token, status, currency, total_cents,
    placed_at, customer_id)
values (%(order)s, %(tenant)s, now(), 1, 'x', 'awaiting_payment', 'BRL', 100, now(), %(customer)s);
insert into billing_invoice (id, tenant_id, created_at, customer_id, order_id, series, status,
    currency, total_cents, due_on, token)
values (%(invoice)s, %(tenant)s, now(), %(customer)s, %(order)s, 'A', 'draft', 'BRL', 0, now(), 'y');
"""
LEFT_BEHIND = """
select conname from pg_constraint where conname like 'tenancy\\_customer%'
union all select relname from pg_class where relname like 'tenancy\\_customer%'
"""
TARGETS = """
select confrelid::regclass::text from pg_constraint where conname like '%\\_customer\\_ref'
"""


@contextmanager
def an_empty_database():
    """Django on a database without a table, as its superuser."""
    admin_url, name = os.environ["ALICERCE_TEST_ADMIN_URL"], f"alicerce_move_{uuid7().hex[-8:]}"
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    wrapper = connections["default"]
    before = dict(wrapper.settings_dict)
    wanted = connection_settings(f"{admin_url.rpartition('/')[0]}/{name}", pool_size=0)
    wanted["OPTIONS"].pop("pool")
    wrapper.close()
    wrapper.settings_dict.update(wanted)
    try:
        yield wrapper
    finally:
        wrapper.close()
        wrapper.settings_dict.update(before)
        with psycopg.connect(admin_url, autocommit=True) as admin:
            admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def migrate(connection, targets=None):
    executor = MigrationExecutor(connection)
    executor.migrate(targets or executor.loader.graph.leaf_nodes())


def rows(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture(scope="module")
def moved(django_db_blocker):
    """A company with a customer, a person, an order and an invoice, brought to this version."""
    names = ("tenant", "user", "customer", "again", "link", "order", "invoice")
    ids: dict[str, UUID] = {name: uuid7() for name in names}
    with django_db_blocker.unblock(), an_empty_database() as connection:
        migrate(connection, BEFORE)
        with connection.cursor() as cursor:
            cursor.execute(ROWS, ids)
        migrate(connection)
        yield connection, ids


def test_keeps_the_customer_and_who_acts_for_it(moved):
    connection, ids = moved

    assert rows(connection, "select id from customers_customer order by id") == [
        ids["customer"],
        ids["again"],
    ]
    assert rows(connection, "select customer_id from customers_customeruser") == [
        ids["customer"]
    ]


def test_what_referred_to_a_customer_still_does(moved):
    connection, ids = moved

    assert rows(connection, "select customer_id from orders_order") == [ids["customer"]]
    assert rows(connection, "select customer_id from billing_invoice") == [ids["customer"]]
    assert set(rows(connection, TARGETS)) == {"customers_customer"}


def test_marks_the_second_customer_of_a_document(moved):
    connection, ids = moved

    assert rows(connection, "select id from customers_customer where is_duplicate") == [
        ids["again"]
    ]


def test_makes_them_findable_without_accents(moved):
    connection, _ids = moved
    words = set(rows(connection, "select word from customers_word"))

    assert {"renata", "example.com", "outra@example.com", "52998224725"} <= words


def test_leaves_no_name_behind(moved):
    connection, _ids = moved

    assert rows(connection, LEFT_BEHIND) == []


def test_takes_the_wall_along(moved):
    connection, _ids = moved
    walled = """
        select relname from pg_class where relforcerowsecurity and relname like 'customers\\_customer%'
        order by relname
    """

    assert {"customers_customer", "customers_customeruser"} <= set(rows(connection, walled))
