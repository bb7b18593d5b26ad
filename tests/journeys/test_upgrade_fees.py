"""What disputes cost before is taken over by the account of their provider, for every company."""

import pytest

from alicerce.kernel.ids import uuid7
from tests.journeys.test_upgrade_customers import an_empty_database, migrate, rows

BEFORE = [("billing", "0027_boletos")]
LATER = [("billing", "0028_fees_of_disputes")]
COMPANY = """
insert into tenancy_tenant (id, slug, name, legal_name, document, city, locale, time_zone, brand_color,
    alert_email, is_root, status, created_at)
values (%(id)s, %(slug)s, 'x', 'x', 'x', 'x', 'pt-br', 'UTC', '#000000', 'x@example.com', false,
    'active', now());
"""
COST = """
insert into billing_payment (id, tenant_id, created_at, provider, reference, account_id, read_as,
    invoice_id, customer_id, method, amount_cents, currency, received_at, fit, reason)
values (%(payment)s, %(tenant)s, now(), %(provider)s, %(payment)s::text, %(account)s, 'x', null, null, 'card',
    100, 'BRL', now(), 'flagged', 'unknown');
insert into billing_contest (id, tenant_id, created_at, payment_id, key, source, state, amount_cents,
    frozen_cents, invoice_cents, held_cents, lost_cents, currency)
values (%(contest)s, %(tenant)s, now(), %(payment)s, 'du', 'suspense', 'open', 100, 0, 0, 0, 0, 'BRL');
insert into billing_ledgertransaction (id, tenant_id, created_at, kind, correlation_key, occurred_at)
values (%(moved)s, %(tenant)s, now(), 'contest.moved', 'contest:' || %(contest)s || ':moved:t', now());
insert into billing_ledgerentry (id, tenant_id, created_at, transaction_id, account, amount_cents, currency)
values (%(one)s, %(tenant)s, now(), %(moved)s, 'psp_fees', %(cents)s, 'BRL'),
    (%(other)s, %(tenant)s, now(), %(moved)s, 'clearing:x', -%(cents)s, 'BRL');
"""
BALANCES = """
select tenant_id::text = %(ours)s::text, account, sum(amount_cents)::int from billing_ledgerentry
where account like '%%fees%%' group by 1, 2 order by 1, 2
"""
FORCED = """
select count(*)::int from pg_class where relforcerowsecurity
    and relname in ('billing_ledgerentry', 'billing_ledgertransaction', 'billing_contest', 'billing_payment')
"""
OURS, THEIRS = uuid7(), uuid7()
COSTS = (
    (OURS, "stripe", 5500),
    (OURS, "stripe", 1500),
    (OURS, "manual", 300),
    (THEIRS, "pix", 7),
)


@pytest.fixture(scope="module")
def upgraded(django_db_blocker):
    with django_db_blocker.unblock(), an_empty_database() as connection:
        migrate(connection, BEFORE)
        with connection.cursor() as cursor:
            cursor.execute("set session_replication_role = replica")
            for slug, tenant in (("ours", OURS), ("theirs", THEIRS)):
                cursor.execute(COMPANY, {"id": tenant, "slug": slug})
            for tenant, provider, cents in COSTS:
                ids = {
                    name: uuid7() for name in ("payment", "contest", "moved", "one", "other")
                }
                account = None if provider == "manual" else uuid7()
                said = {
                    "tenant": tenant,
                    "provider": provider,
                    "cents": cents,
                    "account": account,
                }
                cursor.execute(COST, ids | said)
            cursor.execute("set session_replication_role = origin")
        migrate(connection, LATER)
        yield connection


def test_moves_the_sums_and_leaves_the_entries_and_walls_as_they_were(upgraded):
    with upgraded.cursor() as cursor:
        cursor.execute(BALANCES, {"ours": OURS})
        found = cursor.fetchall()
        cursor.execute(
            "select count(*)::int from billing_ledgerentry where amount_cents = 5500"
        )
        assert cursor.fetchone() == (1,)

    assert found == [
        (False, "fees:pix", 7),
        (False, "psp_fees", 0),
        (True, "fees:bank", 300),
        (True, "fees:stripe", 7000),
        (True, "psp_fees", 0),
    ]
    assert rows(upgraded, FORCED) == [4]
