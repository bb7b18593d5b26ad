"""Trials whose customers are to be written to. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("subscriptions", "0008_item_options")]

    operations = [
        AddIndexConcurrently(
            model_name="subscription",
            index=models.Index(
                condition=models.Q(("status", "trialing"), ("trial_told_at__isnull", True)),
                fields=["tenant", "trial_ends_on"],
                name="subscriptions_trials_to_tell",
            ),
        ),
    ]
