"""Invoices by their state, and refunds of a customer."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

NOTHING = migrations.RunSQL.noop



class Migration(migrations.Migration):
    atomic = False

    dependencies = [("billing", "0024_usage_lines")]

    operations = [
        AddIndexConcurrently(
            model_name="invoice",
            index=models.Index(fields=["tenant", "status", "id"], name="invoices_by_status"),
        ),
        AddIndexConcurrently(
            model_name="refund",
            index=models.Index(fields=["tenant", "customer", "id"], name="refunds_of_customer"),
        ),
        migrations.RunSQL("drop index concurrently if exists billing_refund_customer_ref_ix", NOTHING),
    ]
