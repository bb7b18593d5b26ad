"""What a longer index or a unique key answers as well needs no index of its own."""

from django.db import migrations

NOTHING = migrations.RunSQL.noop


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("privacy", "0001_initial")]
    operations = [
        migrations.RunSQL("drop index concurrently if exists privacy_export_request_ref_ix", NOTHING),
    ]
