"""What a key made is found when the key is revoked. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("developers", "0004_made_by_key")]
    operations = [
        AddIndexConcurrently(
            model_name="apikey",
            index=models.Index(
                fields=["tenant", "made_by_key"],
                condition=models.Q(made_by_key__isnull=False),
                name="keys_made_by_key",
            ),
        ),
    ]
