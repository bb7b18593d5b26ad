"""What of a fee is the platform's, and what the platform earned."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reconciliation', '0005_lines_that_lack'),
    ]

    operations = [
        migrations.AddField(
            model_name='movement',
            name='platform_cents',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name='movement',
            name='kind',
            field=models.CharField(choices=[('payment', 'payment'), ('refund', 'refund'), ('fee', 'fee'), ('earning', 'earning'), ('payout', 'payout'), ('other', 'other')], max_length=8),
        ),
    ]
