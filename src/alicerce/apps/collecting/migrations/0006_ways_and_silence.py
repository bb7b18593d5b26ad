"""Which way pays first, and since when nobody knows what became of a debit."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collecting', '0005_pix_automatic'),
    ]

    operations = [
        migrations.AddField(
            model_name='autopay',
            name='way',
            field=models.CharField(blank=True, choices=[('card', 'card'), ('bank', 'bank')], db_default='', default='', max_length=4),
        ),
        migrations.AddField(
            model_name='debit',
            name='unanswered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='autopay',
            name='is_on',
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
