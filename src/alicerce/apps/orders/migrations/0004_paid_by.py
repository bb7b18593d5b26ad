"""How orders from before were paid, as the books say.

The owner of the tables is behind their walls too, so the walls open for this one transaction.
"""

from django.db import migrations

FILL = """
alter table orders_order no force row level security;
alter table billing_invoice no force row level security;
alter table billing_payment no force row level security;
update orders_order o set paid_by = p.method
    from billing_invoice i
    join billing_payment p on (p.tenant_id, p.invoice_id) = (i.tenant_id, i.id)
    where (i.tenant_id, i.order_id) = (o.tenant_id, o.id)
        and p.fit = 'applied' and o.paid_by = '';
set constraints all immediate;
alter table orders_order force row level security;
alter table billing_invoice force row level security;
alter table billing_payment force row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_canceled"), ("billing", "0006_withdrawal_asked")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
