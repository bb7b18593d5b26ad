"""What a longer index or a unique key answers as well needs no index of its own."""

from django.db import migrations

NOTHING = migrations.RunSQL.noop


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("endpoints", "0002_deleted_endpoints")]
    operations = [
        migrations.RunSQL("drop index concurrently if exists endpoints_attempt_delivery_ref_ix", NOTHING),
        migrations.RunSQL("drop index concurrently if exists endpoints_delivery_endpoint_ref_ix", NOTHING),
    ]
