from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0009_trial_card")]
    operations = [
        migrations.AddField(
            model_name="order",
            name="trial_agreed",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
