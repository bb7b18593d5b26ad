"""Customers by what lists of them are narrowed by."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

NOTHING = migrations.RunSQL.noop



class Migration(migrations.Migration):
    atomic = False

    dependencies = [("customers", "0008_by_name")]

    operations = [
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(fields=["tenant", "document"], name="customers_by_document"),
        ),
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(fields=["tenant", "status", "id"], name="customers_by_status"),
        ),
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(fields=["tenant", "tier", "id"], name="customers_by_tier"),
        ),
        migrations.RunSQL("drop index concurrently if exists customers_customer_tier_ref_ix", NOTHING),
    ]
