"""What was paid and what is held from before, as the books say.

The owner of the tables is behind their walls too, so the walls open for this one transaction.
"""

from django.db import migrations

FILL = """
alter table billing_invoice no force row level security;
alter table billing_ledgerentry no force row level security;
alter table billing_wallet no force row level security;
alter table billing_invoice disable trigger invoice_does_not_change;
update billing_invoice set paid_cents = total_cents
    where status = 'paid' and paid_cents <> total_cents;
alter table billing_invoice enable trigger invoice_does_not_change;
insert into billing_wallet (id, tenant_id, created_at, customer_id, currency, balance_cents)
    select gen_random_uuid(), tenant_id, now(), customer_id, currency, -sum(amount_cents)
    from billing_ledgerentry where account = 'wallet' and customer_id is not null
    group by tenant_id, customer_id, currency
    on conflict do nothing;
set constraints all immediate;
alter table billing_invoice force row level security;
alter table billing_ledgerentry force row level security;
alter table billing_wallet force row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0010_corrections")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
