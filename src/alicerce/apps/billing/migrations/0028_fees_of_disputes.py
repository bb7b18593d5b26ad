"""What disputes cost stands with what else their provider charges.

Entries are never changed: one movement of each company and provider takes the sum over. The owner of
the tables is behind their walls too, so the walls open for this one transaction.
"""

from django.db import migrations

MOVE = """
alter table billing_ledgertransaction no force row level security;
alter table billing_ledgerentry no force row level security;
alter table billing_contest no force row level security;
alter table billing_payment no force row level security;
with owed as (
    select entry.tenant_id, entry.currency, sum(entry.amount_cents) as cents,
        'fees:' || case paid.provider when 'manual' then 'bank' else paid.provider end as account
    from billing_ledgerentry entry
    join billing_ledgertransaction moved
        on moved.tenant_id = entry.tenant_id and moved.id = entry.transaction_id
    join billing_contest contest on contest.tenant_id = entry.tenant_id
        and contest.id = split_part(moved.correlation_key, ':', 2)::uuid
    join billing_payment paid
        on paid.tenant_id = entry.tenant_id and paid.id = contest.payment_id
    where entry.account = 'psp_fees'
    group by 1, 2, 4
    having sum(entry.amount_cents) <> 0
), made as (
    insert into billing_ledgertransaction
        (id, tenant_id, created_at, kind, correlation_key, occurred_at)
    select gen_random_uuid(), tenant_id, now(), 'fees.moved', account || ':moved', now()
    from (select distinct tenant_id, account from owed) each
    returning id, tenant_id, correlation_key
)
insert into billing_ledgerentry
    (id, tenant_id, created_at, transaction_id, account, customer_id, amount_cents, currency)
select gen_random_uuid(), made.tenant_id, now(), made.id, side.account, null, side.cents, owed.currency
from made
join owed on owed.tenant_id = made.tenant_id and owed.account || ':moved' = made.correlation_key
cross join lateral (values (owed.account, owed.cents), ('psp_fees', -owed.cents))
    as side (account, cents);
set constraints all immediate;
alter table billing_ledgertransaction force row level security;
alter table billing_ledgerentry force row level security;
alter table billing_contest force row level security;
alter table billing_payment force row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0027_boletos")]
    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop)]
