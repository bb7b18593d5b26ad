"""Lines of a file that say what a line before them said."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0013_brought_by")]

    operations = [
        migrations.AddField(
            model_name="customerimport", name="repeats", field=models.JSONField(null=True)
        ),
    ]
