"""A key says which version of the API answers it: so far there was one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("developers", "0006_calls_sought")]
    operations = [
        migrations.AddField(
            model_name="apikey",
            name="api_version",
            field=models.CharField(db_default="2026-11", max_length=7),
        ),
    ]
