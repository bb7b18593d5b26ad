"""What a longer index or a unique key answers as well needs no index of its own."""

from django.db import migrations

NOTHING = migrations.RunSQL.noop


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("hosting", "0004_everywhere")]
    operations = [
        migrations.RunSQL("drop index concurrently if exists hosting_provisioningrun_service_ref_ix", NOTHING),
        migrations.RunSQL("drop index concurrently if exists hosting_runstep_run_ref_ix", NOTHING),
        migrations.RunSQL("drop index concurrently if exists hosting_serverlease_server_ref_ix", NOTHING),
    ]
