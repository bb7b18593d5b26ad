"""What a longer index or a unique key answers as well needs no index of its own."""

from django.db import migrations

NOTHING = migrations.RunSQL.noop


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("billing", "0004_erase_descriptions")]
    operations = [
        migrations.RunSQL("drop index concurrently if exists billing_charge_invoice_ref_ix", NOTHING),
        migrations.RunSQL("drop index concurrently if exists billing_invoice_customer_ref_ix", NOTHING),
        migrations.RunSQL("drop index concurrently if exists billing_invoiceline_invoice_ref_ix", NOTHING),
        migrations.RunSQL("drop index concurrently if exists billing_notice_account_ref_ix", NOTHING),
        migrations.RunSQL("drop index concurrently if exists billing_payment_account_ref_ix", NOTHING),
    ]
