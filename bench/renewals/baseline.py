"""The same rows by the fastest SQL we know: one transaction, one INSERT … SELECT a table, no decisions."""

import psycopg

from bench.databases import Database
from bench.renewals.book import AFTER, NEXT, NOON, ON, Book
from bench.renewals.ways import Way

WRITE = """
insert into billing_invoice (id, tenant_id, created_at, customer_id, series, status, currency,
    total_cents, due_on, token)
select s.id_of, s.tenant_id, now(), s.customer_id, 'A', 'draft', s.currency, s.amount_cents - %(kept)s, %(next)s,
    substr(md5(s.id_of::text) || md5(s.id::text), 1, 43) from {due} s;
insert into billing_invoiceline (id, tenant_id, created_at, invoice_id, position, description, quantity,
    unit_cents, total_cents, kind, subscription_id, starts_on, ends_on)
select s.id, s.tenant_id, now(), s.id_of, 1, i.description, i.quantity, i.unit_cents,
    i.quantity * i.unit_cents, i.kind, s.id, %(next)s, %(after)s
from {due} s join subscriptions_item i on i.tenant_id = s.tenant_id and i.subscription_id = s.id;
insert into ledger_ledgertransaction (id, tenant_id, created_at, kind, correlation_key, occurred_at)
select s.id, s.tenant_id, now(), 'invoice.opened', 'invoice:' || s.id_of || ':opened', %(at)s from {due} s;
insert into ledger_ledgerentry (id, tenant_id, created_at, transaction_id, account, customer_id,
    amount_cents, currency)
select uuidv7(), s.tenant_id, now(), s.id, side.account, side.customer_id, side.cents, s.currency
from {due} s cross join lateral (values
    ('receivable', s.customer_id, s.amount_cents - %(kept)s), ('deferred', null, %(kept)s - s.amount_cents)) as side (account, customer_id, cents);
insert into billing_deferral (id, tenant_id, created_at, invoice_id, position, subscription_id, amount_cents,
    currency, starts_on, ends_on, begun_on)
select uuidv7(), s.tenant_id, now(), s.id_of, 1, s.id, s.amount_cents, s.currency, %(next)s, %(after)s, %(on)s
from {due} s;
{more}
update billing_invoice i set number = n.number, status = 'open', opened_at = %(at)s from (
    select s.tenant_id, s.id_of, c.last + row_number() over () as number
    from {due} s join billing_invoicecounter c on c.tenant_id = s.tenant_id) n
where i.tenant_id = n.tenant_id and i.id = n.id_of;
update billing_invoicecounter set last = last + %(size)s where tenant_id = %(tenant)s;
insert into audit_entry (id, tenant_id, created_at, at, actor, action, entity, entity_id, after, trace_id,
    format, mac)
select s.id, s.tenant_id, now(), %(at)s, 'system', 'invoice.issued', 'invoice', s.id_of,
    jsonb_build_object('number', s.id_of, 'total_cents', s.amount_cents, 'currency', s.currency), s.id,
    2, 'key:' || encode(sha256(s.id_of::text::bytea), 'hex') from {due} s;
insert into endpoints_loggedevent (id, tenant_id, created_at, type, version, subject, at, data)
select uuidv7(), s.tenant_id, now(), 'invoice.issued', 1, s.id_of, %(at)s, jsonb_build_object(
    'invoice_id', s.id_of, 'customer_id', s.customer_id, 'order_id', null, 'number', 1, 'total_cents',
    s.amount_cents, 'currency', s.currency) from {due} s;
insert into endpoints_loggedevent (id, tenant_id, created_at, type, version, subject, at, data)
select uuidv7(), s.tenant_id, now(), 'subscription.renewed', 1, s.id, %(at)s, jsonb_build_object(
    'subscription_id', s.id, 'customer_id', s.customer_id, 'invoice_id', s.id_of, 'starts_on',
    %(next)s::date, 'ends_on', %(after)s::date) from {due} s;
insert into pgqueuer (priority, status, entrypoint, payload, headers)
select -10, 'queued', 'billing.send_issued_invoice', jsonb_build_object('id', s.id, 'tenant_id',
    s.tenant_id, 'at', %(at)s::timestamptz, 'invoice_id', s.id_of, 'customer_id', s.customer_id,
    'order_id', null, 'number', 1, 'total_cents', s.amount_cents, 'currency', s.currency)::text::bytea,
    jsonb_build_object('event', 'invoice.issued', 'tenant', s.tenant_id, 'trace', s.id) from {due} s;
insert into subscriptions_billedperiod (id, tenant_id, created_at, starts_on, ends_on, amount_cents,
    currency, invoice_id, subscription_id)
select uuidv7(), s.tenant_id, now(), %(next)s, %(after)s, s.amount_cents, s.currency, s.id_of, s.id
from {due} s;
update subscriptions_schedule s set next_bill_on = %(after)s::date - 7, billed_on = %(on)s
where s.tenant_id = %(tenant)s and s.next_bill_on <= %(on)s;
update subscriptions_subscription s set period_starts_on = %(next)s, period_ends_on = %(after)s,
    next_starts_on = %(after)s, next_bill_on = %(after)s::date - 7
where s.tenant_id = %(tenant)s and s.next_bill_on <= %(on)s;
"""
# What the invoice is called follows from the subscription: nothing has to be kept between statements.
DUE = """(select *, overlay(id::text placing '8' from 15)::uuid as id_of
    from subscriptions_subscription where tenant_id = %(tenant)s and next_bill_on <= %(on)s)"""


def write(database: Database, book: Book, way: Way) -> int:
    """As the application's own role, behind the same walls and triggers; the server process."""
    given = {
        "tenant": book.tenant_id,
        "size": book.size,
        "next": NEXT,
        "after": AFTER,
        "on": ON,
        "at": NOON,
        "kept": way.kept_cents,
    }
    statements = WRITE.replace("{more}", way.more_rows).replace("{due}", DUE)
    with psycopg.connect(database.app, cursor_factory=psycopg.ClientCursor) as app:
        app.execute("set local statement_timeout = 0")
        app.execute("select set_config('app.tenant_id', %s, true)", [str(book.tenant_id)])
        app.execute(statements.encode(), given)
    return book.size
