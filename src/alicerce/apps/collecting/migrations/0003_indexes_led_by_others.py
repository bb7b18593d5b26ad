"""What a longer index answers as well needs no index of its own."""

from django.db import migrations

NOTHING = migrations.RunSQL.noop


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("collecting", "0002_asked_by_api")]
    operations = [
        migrations.RunSQL("drop index concurrently if exists collecting_card_customer_ref_ix", NOTHING),
    ]
