"""The tables: each report and a statement in a full company, beside the bare sum of the rows it reads."""

import time
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import psycopg

from alicerce.apps.billing.services.recognize import recognize
from alicerce.apps.customers.models import Customer
from alicerce.apps.ledger.queries.books import statement
from alicerce.apps.reports.queries.reports import report as any_report
from alicerce.apps.reports.types import ReportName, Span
from alicerce.apps.subscriptions.services.record_movements import record_movements
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from bench.databases import Database
from bench.figures import milliseconds, show, times

NOON = datetime.fromisoformat("2026-09-24T12:00:00-03:00")
TODAY, YEAR = NOON.date(), Span(date(2026, 9, 1), 12)
EACH = 50
"""Invoices of a customer."""
TRIES = 3
# A customer of fifty invoices over four years: all paid but the last, which is for a year to come.
FILL = """
create temp table book as select uuidv7() as id, uuidv7() as customer_id, c, k,
    (c - 1) * %(each)s + k as n,
    timestamptz '2022-08-01 12:00-03' + k * interval '1 month' - (c %% 28) * interval '1 day' as at
    from generate_series(1, %(size)s / %(each)s) c, generate_series(1, %(each)s) k;
update book b set customer_id = f.customer_id from book f where f.c = b.c and f.k = 1;
insert into customers_customer (id, tenant_id, created_at, name, email, document, document_kind,
    locale, trade_name, kind, is_duplicate, phone, status, external_reference, state_registration,
    city_registration, iss_withheld, version)
select customer_id, %(tenant)s, now(), 'Cliente ' || c, 'cliente-' || c || '@example.com',
    lpad(c::text, 11, '0'), 'cpf', 'pt-br', '', 'person', false, '', 'active', '', '', '', false, 1
from book where k = 1;
insert into billing_invoice (id, tenant_id, created_at, customer_id, series, number, status, currency,
    total_cents, paid_cents, due_on, opened_at, paid_at, token)
select id, %(tenant)s, now(), customer_id, 'A', n, case when k < %(each)s then 'paid' else 'open' end,
    'BRL', 2990, case when k < %(each)s then 2990 else 0 end, at::date, at,
    case when k < %(each)s then at end, substr(md5(id::text) || md5(n::text), 1, 43) from book;
insert into billing_payment (id, tenant_id, created_at, invoice_id, customer_id, method, provider,
    reference, read_as, amount_cents, currency, received_at, fit, reason)
select id, %(tenant)s, now(), id, customer_id, (array['pix', 'card'])[1 + n %% 2], 'manual', n::text,
    'manual:' || n, 2990, 'BRL', at, 'applied', '' from book where k < %(each)s;
insert into ledger_ledgertransaction (id, tenant_id, created_at, kind, correlation_key, occurred_at)
select id, %(tenant)s, now(), 'invoice.opened', 'invoice:' || id || ':opened', at from book;
insert into ledger_ledgerentry (id, tenant_id, created_at, transaction_id, account, customer_id,
    amount_cents, currency)
select uuidv7(), %(tenant)s, now(), b.id, side.account, side.customer_id, side.cents, 'BRL'
from book b cross join lateral (values ('receivable', customer_id, 2990),
    (case when k < %(each)s then 'revenue' else 'deferred' end, null, -2990)) as side (account, customer_id, cents);
insert into billing_deferral (id, tenant_id, created_at, invoice_id, position, amount_cents, currency,
    starts_on, ends_on, begun_on)
select id, %(tenant)s, now(), id, 1, 2990, 'BRL', '2026-09-01', '2027-09-01', '2026-09-01' from book
where k = %(each)s;
insert into billing_recognition (id, tenant_id, created_at, until)
values (uuidv7(), %(tenant)s, now(), '2026-09-23');
insert into subscriptions_subscription (id, tenant_id, created_at, description, status, suspend_scope,
    suspend_cause, cycle, currency, amount_cents, anchor_day, period_starts_on, period_ends_on,
    next_starts_on, cancel_at_period_end, cancel_reason, started_at, end_cause, customer_id, line_id,
    order_id, price_id)
select id, %(tenant)s, now(), 'Hospedagem', 'active', '', '', 'annual', 'BRL', 2990, 1, '2026-09-01',
    '2027-09-01', '2027-09-01', false, '', at, '', customer_id, id, id, id from book where k = %(each)s;
"""
TABLES = (
    *("customers_customer", "billing_invoice", "billing_payment", "ledger_ledgertransaction"),
    *("ledger_ledgerentry", "billing_deferral", "subscriptions_subscription"),
)
BASELINE = {
    ReportName.AGING: "select sum(total_cents - paid_cents) from billing_invoice where status = 'open'",
    ReportName.COLLECTED: "select sum(amount_cents) from billing_payment where received_at > '2025-10-01'",
    ReportName.DEFERRED: "select sum(amount_cents) from billing_deferral where closed_on is null",
    ReportName.MRR: "select sum(delta_cents) from subscriptions_movement",
}


def report(database: Database, *, most: int) -> None:
    tenant_id = _fill(database, most)
    rows: list[tuple[str, ...]] = []
    with acting(tenant_id=tenant_id):
        once = [("a night's recognition", _timed(_recognize, tries=1), 0.0)]
        once.append(("first movements", _timed(_move, tries=1), 0.0))
        once += [
            (name.value, _timed(_asking(name)), _alone(database, tenant_id, name))
            for name in ReportName
            if name != ReportName.MARGIN
        ]
        once.append(("a statement", _timed(_statement), 0.0))
        rows += [
            (
                what,
                milliseconds(taken),
                milliseconds(alone) if alone else "-",
                times(taken, alone),
            )
            for what, taken, alone in once
        ]
    show(
        f"{most:,} invoices, {most // EACH:,} subscriptions; reports over twelve months",
        ("what", "time", "bare sum", "of the sum"),
        rows,
    )


def _fill(database: Database, size: int) -> UUID:
    tenant_id = tenancy.open_tenant(
        at=NOON,
        slug="relatorios",
        hosts=("http://relatorios.example",),
        name="Relatorios",
        legal_name="Relatorios Hospedagem Ltda",
        document="12ABC34501DE35",
        city="Curitiba",
        alert_email="plantao@example.com",
    )
    given = {"tenant": tenant_id, "size": size, "each": EACH}
    with psycopg.connect(
        database.admin, autocommit=True, cursor_factory=psycopg.ClientCursor
    ) as admin:
        admin.execute("set session_replication_role = replica")
        admin.execute(FILL, given)
        admin.execute(f"vacuum (analyze) {', '.join(TABLES)}".encode())
    return tenant_id


def _timed(act: Callable[[], object], *, tries: int = TRIES) -> float:
    """The best of a few: what it takes when nobody else is at it."""
    best = float("inf")
    for _ in range(tries):
        began = time.monotonic()
        with transaction():
            act()
        best = min(best, time.monotonic() - began)
    return best


def _asking(name: ReportName) -> Callable[[], object]:
    return lambda: any_report(name, YEAR, today=TODAY)


def _recognize() -> object:
    assert recognize(at=NOON) == 1
    return None


def _move() -> object:
    return record_movements(at=NOON)


def _statement() -> object:

    customer_id = Customer.objects.order_by("id").values_list("id", flat=True)[0]
    return statement(customer_id)


def _alone(database: Database, tenant_id: UUID, name: ReportName) -> float:
    if name not in BASELINE:
        return 0.0
    query = (
        BASELINE[name] + (" and" if "where" in BASELINE[name] else " where") + " tenant_id = %s"
    )
    with psycopg.connect(database.admin, autocommit=True) as admin:
        began = time.monotonic()
        admin.execute(query.encode(), [tenant_id]).fetchone()
        return time.monotonic() - began
