"""An invoice is collected by one thing of its customer's at a time: the database sees to it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0031_ledger_moved'),
        ('tenancy', '0013_restrictions'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['created', 'requested', 'awaiting', 'unknown']), models.Q(('card_reference', ''), ('mandate_reference', ''), _negated=True)), fields=('tenant', 'invoice'), name='one_live_charge_by_itself'),
        ),
    ]
