"""What was refused, and one request, are found in the log. Built beside the running system."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("developers", "0005_keys_made_by_key")]
    operations = [
        migrations.AddField(
            model_name="loggedcall",
            name="problem",
            field=models.CharField(blank=True, db_default="", max_length=60),
        ),
        AddIndexConcurrently(
            model_name="loggedcall",
            index=models.Index(fields=["tenant", "request_id"], name="calls_by_request"),
        ),
        AddIndexConcurrently(
            model_name="loggedcall",
            index=models.Index(
                fields=["tenant", "-id"],
                condition=models.Q(status__gte=400),
                name="calls_refused",
            ),
        ),
    ]
