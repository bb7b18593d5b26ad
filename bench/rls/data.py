"""A million invoices of a thousand companies, made inside the database."""

import time

import psycopg

from bench.figures import note

TENANTS, CUSTOMERS, INVOICES = 1_000, 50_000, 1_000_000

# UUIDv7 by hand, so that it also runs before PostgreSQL 18: time first, as the program makes them.
MAKE_ID = """
create function pg_temp.made_id(kind text, n bigint) returns uuid language sql immutable as $$
    select (lpad(to_hex(1700000000000 + n * 31000), 12, '0') || '7'
        || substr(md5(kind || n), 1, 3) || 'a' || substr(md5(kind || n), 4, 15))::uuid
$$
"""
FILL_TENANTS = """
insert into tenancy_tenant (id, slug, name, legal_name, document, city, locale, time_zone,
    brand_color, alert_email, is_root, status, created_at)
select pg_temp.made_id('t', n), 'empresa-' || n, 'Empresa ' || n, 'Empresa ' || n || ' Ltda',
    '11222333000181', 'Curitiba', 'pt-br', 'America/Sao_Paulo', '#2f5fe0',
    'alertas@example.com', false, 'active', now()
from generate_series(0, %(tenants)s - 1) n
"""
FILL_CUSTOMERS = """
insert into customers_customer (id, tenant_id, created_at, name, email, document, document_kind,
    locale, trade_name, kind, is_duplicate, phone, status, external_reference, state_registration,
    city_registration, iss_withheld, version)
select pg_temp.made_id('c', n), pg_temp.made_id('t', n %% %(tenants)s), now(),
    'Cliente ' || n, 'cliente-' || n || '@example.com', lpad(n::text, 11, '0'), 'cpf', 'pt-br',
    '', 'person', false, '', 'active', '', '', '', false, 1
from generate_series(0, %(customers)s - 1) n
"""
FILL_INVOICES = """
insert into billing_invoice (id, tenant_id, created_at, customer_id, order_id, series, number,
    status, currency, total_cents, due_on, opened_at, paid_at, voided_at, token)
select pg_temp.made_id('i', n), pg_temp.made_id('t', n %% %(tenants)s), at,
    pg_temp.made_id('c', n %% %(tenants)s + %(tenants)s
        * (hashint8(n) & 65535) %% %(customers)s), null, 'A',
    n / %(tenants)s + 1, status, 'BRL', 2990, at::date, at,
    case status when 'paid' then at end, case status when 'void' then at end,
    substr(md5('i' || n) || md5('k' || n), 1, 43)
from (
    select n, to_timestamp(1700000000 + n * 31) as at,
        (array['paid', 'paid', 'paid', 'paid', 'open', 'paid', 'void', 'paid', 'paid', 'open'])
            [1 + (n / %(tenants)s) %% 10] as status
    from generate_series(0, %(invoices)s - 1) n
) made
"""

# What can be built faster afterwards: everything but the primary key, which others refer to.
REBUILT = """
select case when c.oid is null then format('drop index %I', i.relname)
        else format('alter table %s drop constraint %I', x.indrelid::regclass, c.conname) end,
    case when c.oid is null then pg_get_indexdef(i.oid)
        else format('alter table %s add constraint %I %s', x.indrelid::regclass, c.conname,
            pg_get_constraintdef(c.oid)) end
from pg_index x
join pg_class i on i.oid = x.indexrelid
left join pg_constraint c on c.conindid = i.oid and c.contype in ('u', 'p')
where x.indrelid = 'billing_invoice'::regclass and not x.indisprimary
"""


def fill(admin_url: str) -> None:
    """Set-based and unchecked by foreign keys, which hold by construction."""
    began = time.monotonic()
    sizes = {"tenants": TENANTS, "customers": CUSTOMERS, "invoices": INVOICES}
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute("set session_replication_role = replica")
        admin.execute(MAKE_ID)
        rebuilt = admin.execute(REBUILT).fetchall()
        _run(admin, *(drop for drop, _ in rebuilt))
        for statement in (FILL_TENANTS, FILL_CUSTOMERS, FILL_INVOICES):
            admin.execute(statement, sizes)
        _run(admin, "set maintenance_work_mem = '256MB'", *(make for _, make in rebuilt))
        admin.execute("vacuum (analyze) tenancy_tenant, customers_customer, billing_invoice")
        size = admin.execute("select pg_total_relation_size('billing_invoice')").fetchone()
    assert size
    note(
        f"{INVOICES:,} invoices and {CUSTOMERS:,} customers of {TENANTS:,} tenants made in "
        f"{time.monotonic() - began:.0f} s; invoices with indexes: {size[0] / 2**20:,.0f} MiB"
    )


def _run(admin: "psycopg.Connection[tuple[str, ...]]", *statements: str) -> None:
    for statement in statements:
        admin.execute(statement.encode())
