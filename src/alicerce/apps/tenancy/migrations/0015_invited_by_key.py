"""An invitation remembers the key that sent it, to end with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0014_logos")]
    operations = [
        migrations.AddField(
            model_name="invitation",
            name="sent_by_key",
            field=models.UUIDField(null=True),
        ),
    ]
