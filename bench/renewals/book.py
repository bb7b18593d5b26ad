"""A company whose customers have one monthly subscription each, all due on the same day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import psycopg

from alicerce.apps.tenancy import public as tenancy
from bench.databases import Database

NOON = datetime.fromisoformat("2026-09-24T12:00:00-03:00")
ON = NOON.date()
NEXT, AFTER = date(2026, 10, 1), date(2026, 11, 1)
# Every table has the same id for what is of one customer: each has one row of each kind.
FILL = """
insert into catalog_product (id, tenant_id, created_at, kind, name, position)
values (uuidv7(), %(tenant)s, now(), 'hosting.account', 'Hospedagem', 0);
insert into catalog_plan (id, tenant_id, created_at, slug, name, summary, features, spec, position,
    is_visible, product_id)
select uuidv7(), tenant_id, now(), 'essencial', 'Essencial', '', '[]', '{}', 0, true, id
from catalog_product where tenant_id = %(tenant)s;
insert into catalog_price (id, tenant_id, created_at, cycle, currency, amount_cents, is_active, plan_id)
select uuidv7(), tenant_id, now(), 'monthly', 'BRL', 2990, true, id
from catalog_plan where tenant_id = %(tenant)s;
create temp table book as
    select uuidv7() as id, n, price.id as price_id, price.tenant_id
    from generate_series(1, %(size)s) n, catalog_price price where price.tenant_id = %(tenant)s;
insert into customers_customer (id, tenant_id, created_at, name, email, document, document_kind,
    locale, trade_name, kind, is_duplicate, phone, status, external_reference, state_registration,
    city_registration, iss_withheld, version)
select id, tenant_id, now(), 'Cliente ' || n, 'cliente-' || n || '@example.com',
    lpad(n::text, 11, '0'), 'cpf', 'pt-br', '', 'person', false, '', 'active', '', '', '', false, 1
from book;
insert into orders_order (id, tenant_id, created_at, number, token, status, currency, total_cents,
    placed_at, completed_at, customer_id, cancel_cause, cancel_reason, paid_by)
select id, tenant_id, now(), n, substr(md5(id::text) || md5(n::text), 1, 43), 'completed', 'BRL',
    2990, now(), now(), id, '', '', 'pix' from book;
insert into orders_line (id, tenant_id, created_at, kind, description, cycle, spec, amount_cents,
    status, failure, fulfilled_at, price_id, order_id)
select id, tenant_id, now(), 'hosting.account', 'Hospedagem Essencial · cliente-' || n || '.com.br',
    'monthly', '{}', 2990, 'fulfilled', '', now(), price_id, id from book;
insert into billing_invoice (id, tenant_id, created_at, customer_id, order_id, series, number, status,
    currency, total_cents, paid_cents, due_on, opened_at, paid_at, token)
select id, tenant_id, now(), id, id, 'A', n, 'paid', 'BRL', 2990, 2990, '2026-09-01', now(), now(),
    substr(md5(id::text) || md5(n::text), 1, 43) from book;
insert into billing_invoicecounter (id, tenant_id, created_at, series, last)
values (uuidv7(), %(tenant)s, now(), 'A', %(size)s);
insert into subscriptions_subscription (id, tenant_id, created_at, description, status, suspend_scope,
    suspend_cause, cycle, currency, amount_cents, anchor_day, period_starts_on, period_ends_on,
    next_starts_on, next_bill_on, cancel_at_period_end, cancel_reason, started_at, end_cause,
    customer_id, line_id, order_id, price_id)
select id, tenant_id, now(), 'Hospedagem Essencial · cliente-' || n || '.com.br', 'active', '', '',
    'monthly', 'BRL', 2990, 1, '2026-09-01', %(next)s, %(next)s, %(on)s, false, '', now(), '',
    id, id, id, price_id from book;
insert into subscriptions_item (id, tenant_id, created_at, position, kind, description, quantity,
    unit_cents, subscription_id)
select id, tenant_id, now(), 1, 'plan', 'Hospedagem Essencial · cliente-' || n || '.com.br', 1, 2990, id
from book;
insert into subscriptions_billedperiod (id, tenant_id, created_at, starts_on, ends_on, amount_cents,
    currency, invoice_id, subscription_id)
select id, tenant_id, now(), '2026-09-01', %(next)s, 2990, 'BRL', id, id from book;
insert into subscriptions_schedule (id, tenant_id, created_at, next_bill_on, parked_reason,
    parked_detail, is_waived, customer_id)
select id, tenant_id, now(), %(on)s, '', '', false, id from book;
drop table book;
"""
TABLES = [
    "customers_customer",
    "orders_order",
    "orders_line",
    "billing_invoice",
    "subscriptions_subscription",
    "subscriptions_item",
    "subscriptions_billedperiod",
    "subscriptions_schedule",
]


@dataclass(frozen=True)
class Book:
    tenant_id: UUID
    size: int


def open_book(database: Database, *, name: str, size: int) -> Book:
    """Unchecked by foreign keys, which hold by construction."""
    tenant_id = tenancy.open_tenant(
        at=NOON,
        slug=name,
        hosts=(f"http://{name}.example",),
        name=name.title(),
        legal_name=f"{name.title()} Hospedagem Ltda",
        document="12ABC34501DE35",
        city="Curitiba",
        alert_email="plantao@example.com",
    )
    given = {"tenant": tenant_id, "size": size, "next": NEXT, "on": ON}
    with psycopg.connect(
        database.admin, autocommit=True, cursor_factory=psycopg.ClientCursor
    ) as admin:
        admin.execute("set session_replication_role = replica")
        admin.execute(FILL, given)
        admin.execute(f"vacuum (analyze) {', '.join(TABLES)}".encode())
        admin.execute("checkpoint")
    return Book(tenant_id, size)
