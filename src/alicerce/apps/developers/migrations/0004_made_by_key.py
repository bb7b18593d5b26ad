from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("developers", "0003_loggedcall_app_name")]
    operations = [
        migrations.AddField(
            model_name="apikey", name="made_by_key", field=models.UUIDField(null=True)
        ),
    ]
