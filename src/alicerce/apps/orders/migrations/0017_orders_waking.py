"""Orders are found by the day they wake. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("orders", "0016_starts_later"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="order",
            index=models.Index(
                condition=models.Q(("wakes_on__isnull", False)),
                fields=["tenant", "wakes_on"],
                name="orders_waking",
            ),
        ),
    ]
