"""Zones by their state."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("dns", "0001_initial")]

    operations = [
        AddIndexConcurrently(
            model_name="zone",
            index=models.Index(fields=["tenant", "status", "id"], name="zones_by_status"),
        ),
    ]
