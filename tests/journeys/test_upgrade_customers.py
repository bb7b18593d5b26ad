"""Customers came from tenancy, the ledger from billing: a database with rows from before keeps every one of them."""

import os
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connections
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
insert into billing_ledgertransaction (id, tenant_id, created_at, kind, correlation_key, occurred_at)
values (%(movement)s, %(tenant)s, now(), 'payment.received', 'payment:pix:e1', now());
insert into billing_ledgerentry (id, tenant_id, created_at, transaction_id, account, customer_id,
    amount_cents, currency)
values (%(debit)s, %(tenant)s, now(), %(movement)s, 'clearing:pix', null, 4990, 'BRL'),
    (%(credit)s, %(tenant)s, now(), %(movement)s, 'wallet', %(customer)s, -4990, 'BRL');
"""
LEFT_BEHIND = """
select conname from pg_constraint where conname ~ '^(tenancy_customer|billing_ledger)'
union all select relname from pg_class where relname ~ '^(tenancy_customer|billing_ledger)'
union all select tgname from pg_trigger where tgname ~ '^(tenancy_customer|billing_ledger)'
union all select proname from pg_proc where prosrc ~ '(tenancy_customer|billing_ledger)'
"""
SIDES = """
select account || ' ' || amount_cents || ' ' || correlation_key from ledger_ledgerentry e
join ledger_ledgertransaction t on t.tenant_id = e.tenant_id and t.id = e.transaction_id order by 1
"""
SIDE_ALONE = """
insert into ledger_ledgertransaction (id, tenant_id, created_at, kind, correlation_key, occurred_at)
values (%(customer)s, %(tenant)s, now(), 'x', 'x', now());
insert into ledger_ledgerentry (id, tenant_id, created_at, transaction_id, account, customer_id,
    amount_cents, currency)
values (%(customer)s, %(tenant)s, now(), %(customer)s, 'wallet', %(customer)s, -1, 'BRL');
"""
RIGHTS = """
select tablename || ' ' || policyname from pg_policies where tablename ~ '^ledger_' order by 1
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
    """A company with a customer, a person, an order, an invoice and a payment, brought to this version."""
    who = ("tenant", "user", "customer", "again", "link")
    names = (*who, "order", "invoice", "movement", "debit", "credit")
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


def test_keeps_the_books_and_the_credit_they_draw(moved):
    connection, _ids = moved

    assert rows(connection, SIDES) == [
        "clearing:pix 4990 payment:pix:e1",
        "wallet -4990 payment:pix:e1",
    ]
    assert rows(connection, "select balance_cents from billing_wallet") == [4990]


def test_the_books_are_held_as_before(moved):
    connection, ids = moved
    policies = ("books", "operator_reads", "tenant_rows", "tenant_wall")

    assert rows(connection, RIGHTS) == [
        f"{table} {policy}"
        for table in ("ledger_ledgerentry", "ledger_ledgertransaction")
        for policy in policies
    ]
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="does not balance"):
            cursor.execute(SIDE_ALONE, ids)
        with pytest.raises(DatabaseError, match="never changed"):
            cursor.execute("delete from ledger_ledgerentry")
