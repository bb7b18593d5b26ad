"""Companies that bill in more than one way: what is added to their book, and to the rows of SQL alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import psycopg

from alicerce.apps.catalog import public as catalog
from alicerce.apps.subscriptions.queries.price_moves import preview_move
from alicerce.apps.subscriptions.services.move_prices import schedule_price_move
from alicerce.apps.subscriptions.types.price_moves import MoveForm
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from bench.databases import Database
from bench.renewals.book import NEXT, Book

ISS_CENTS = 60  # 2 % of 29.90, within the price
LONG_BEFORE = datetime.fromisoformat("2026-07-01T12:00:00-03:00")
TAXES = """
insert into taxes_taxrate (id, tenant_id, created_at, name, kind, rate_ppm, manner, withholding, country,
    state, city_code, customer_kind, service_code, starts_on)
values (uuidv7(), %(tenant)s, now(), 'ISS', 'iss', 20000, 'within', 'customer', '', '', '', '', '',
    '2026-01-01');
insert into taxes_plancode (id, tenant_id, created_at, plan_id, service_code, nbs, cnae, city_service_code)
select uuidv7(), tenant_id, now(), id, '010301', '', '', '' from catalog_plan where tenant_id = %(tenant)s;
update customers_customer set iss_withheld = true where tenant_id = %(tenant)s;
vacuum (analyze) customers_customer;
"""
TAXED_ROWS = """
insert into billing_invoiceline (id, tenant_id, created_at, invoice_id, position, description, quantity,
    unit_cents, total_cents, kind)
select uuidv7(), s.tenant_id, now(), s.id_of, 2, 'ISS retido (2%%)', 1, -%(kept)s, -%(kept)s, 'withheld'
from {due} s;
insert into billing_invoicelinetax (id, tenant_id, created_at, invoice_id, position, tax_id, name, kind,
    rate_ppm, manner, is_withheld, base_cents, amount_cents)
select uuidv7(), s.tenant_id, now(), s.id_of, 1, t.id, t.name, t.kind, t.rate_ppm, t.manner, true,
    s.amount_cents, %(kept)s from {due} s join taxes_taxrate t on t.tenant_id = s.tenant_id;
insert into billing_ledgerentry (id, tenant_id, created_at, transaction_id, account, amount_cents, currency)
select uuidv7(), s.tenant_id, now(), s.id, side.account, side.cents, s.currency
from {due} s cross join (values ('tax_payable', -%(kept)s), ('tax_withheld', %(kept)s))
    as side (account, cents);
"""
NEXT_PRICE = """
update catalog_price set is_active = false where tenant_id = %(tenant)s;
insert into catalog_price (id, tenant_id, created_at, cycle, currency, amount_cents, is_active, plan_id)
select uuidv7(), tenant_id, now(), 'monthly', 'BRL', 3290, true, id
from catalog_plan where tenant_id = %(tenant)s;
"""
TOLD = """
update subscriptions_movedprice set told_at = now(), told_on = '2026-08-01' where tenant_id = %(tenant)s;
vacuum (analyze) subscriptions_movedprice;
"""
MOVED_ROWS = """
insert into subscriptions_item (id, tenant_id, created_at, version, position, kind, description, quantity,
    unit_cents, subscription_id)
select uuidv7(), s.tenant_id, now(), 2, i.position, i.kind, i.description, i.quantity, 3290, s.id
from {due} s join subscriptions_item i on i.tenant_id = s.tenant_id and i.subscription_id = s.id;
insert into subscriptions_change (id, tenant_id, created_at, subscription_id, price_id, kind, version, status,
    description, spec, cycle, amount_cents, net_cents, currency, effective_on, look_on, asked_at, drop_cause)
select s.id, s.tenant_id, now(), s.id, s.price_id, 'price', 2, 'scheduled', s.description, '{}', s.cycle,
    3290, 0, s.currency, %(next)s, %(next)s, %(at)s, '' from {due} s;
update subscriptions_movedprice m set status = 'applied', change_id = m.subscription_id,
    effective_on = %(next)s, closed_at = %(at)s
where m.tenant_id = %(tenant)s and m.status = 'waiting';
"""


@dataclass(frozen=True)
class Way:
    """How a company bills."""

    name: str
    prepare: Callable[[Database, Book], None]
    more_rows: str = ""
    kept_cents: int = 0


def _as_it_is(database: Database, book: Book) -> None:
    """Nothing is added."""


def _with_taxes(database: Database, book: Book) -> None:
    _say(database, book, TAXES)


def _with_another_price(database: Database, book: Book) -> None:
    """Everybody moves to it, and was told long before."""
    _say(database, book, NEXT_PRICE)
    with acting(tenant_id=book.tenant_id), transaction():
        [plan] = catalog.plans()
        [price] = plan.prices
        form = MoveForm(price.price_id, NEXT)
        shown = preview_move(form=form, at=LONG_BEFORE)
        schedule_price_move(
            form=form,
            reason="Reajuste",
            expected_after_cents=shown.sums.after.cents,
            expected_count=book.size,
            at=LONG_BEFORE,
        )
    _say(database, book, TOLD)


def _say(database: Database, book: Book, statements: str) -> None:
    with psycopg.connect(
        database.admin, autocommit=True, cursor_factory=psycopg.ClientCursor
    ) as admin:
        for statement in statements.split(";\n")[:-1]:
            admin.execute(statement.encode(), {"tenant": book.tenant_id})


PLAIN = Way("as it is", _as_it_is)
TAXED = Way("with withheld ISS", _with_taxes, TAXED_ROWS, ISS_CENTS)
MOVED = Way("to another price", _with_another_price, MOVED_ROWS)
