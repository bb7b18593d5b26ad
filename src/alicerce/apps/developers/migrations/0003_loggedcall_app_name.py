from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("developers", "0002_lookup")]
    operations = [
        migrations.AddField(
            model_name="loggedcall",
            name="app_name",
            field=models.CharField(blank=True, db_default="", max_length=80),
        ),
    ]
