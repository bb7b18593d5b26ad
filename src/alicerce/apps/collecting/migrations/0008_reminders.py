"""When a payer was reminded of what their bank shows."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collecting', '0007_shown_by_a_bank'),
    ]

    operations = [
        migrations.AddField(
            model_name='mandate',
            name='reminded_at',
            field=models.DateTimeField(null=True),
        ),
    ]
