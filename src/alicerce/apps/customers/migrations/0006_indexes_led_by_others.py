"""What a longer index or a unique key answers as well needs no index of its own."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations

NOTHING = migrations.RunSQL.noop


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0005_exchange")]
    operations = [
        RemoveIndexConcurrently("customer", "customers_newest_first"),
        RemoveIndexConcurrently("customerexport", "exports_newest_first"),
        RemoveIndexConcurrently("customerimport", "imports_newest_first"),
        migrations.RunSQL("drop index concurrently if exists customers_customeruser_customer_ref_ix", NOTHING),
        migrations.RunSQL("drop index concurrently if exists customers_exportpart_source_ref_ix", NOTHING),
        migrations.RunSQL("drop index concurrently if exists customers_importfault_source_ref_ix", NOTHING),
    ]
