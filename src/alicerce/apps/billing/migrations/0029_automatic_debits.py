"""Charges that a payer's bank pays by itself, and a Pix that is ready when an invoice is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0028_fees_of_disputes'),
        ('tenancy', '0011_sandbox_clock'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='charge',
            name='one_live_charge_per_method',
        ),
        migrations.AddField(
            model_name='charge',
            name='debit_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='charge',
            name='mandate_reference',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='ruling',
            name='pix_at_issue',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.UniqueConstraint(condition=models.Q(('mandate_reference', ''), ('status__in', ['created', 'requested', 'awaiting', 'unknown'])), fields=('tenant', 'invoice', 'method'), name='one_live_charge_per_method'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['created', 'requested', 'awaiting', 'unknown']), models.Q(('mandate_reference', ''), _negated=True)), fields=('tenant', 'invoice'), name='one_live_debit_per_invoice'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('debit_on__isnull', True), ('mandate_reference', '')), models.Q(models.Q(('mandate_reference', ''), _negated=True), ('debit_on__isnull', False)), _connector='OR'), name='debit_has_its_day'),
        ),
    ]
