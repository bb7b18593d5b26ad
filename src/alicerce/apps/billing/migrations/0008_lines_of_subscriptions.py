"""What a line is for: its kind, and the days of a subscription. Old lines are of plans."""

import alicerce.apps.billing.types
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0007_by_due_date'),
    ]

    operations = [
        migrations.AddField(
            model_name='invoiceline',
            name='ends_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='invoiceline',
            name='kind',
            field=models.CharField(choices=[('plan', 'plan'), ('option', 'option'), ('addon', 'addon'), ('setup', 'setup'), ('debit', 'debit'), ('credit', 'credit'), ('discount', 'discount'), ('late_fee', 'late_fee'), ('adjustment', 'adjustment')], db_default=alicerce.apps.billing.types.LineKind['PLAN'], max_length=10),
        ),
        migrations.AddField(
            model_name='invoiceline',
            name='starts_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='invoiceline',
            name='subscription_id',
            field=models.UUIDField(null=True),
        ),
        AddConstraintNotValid(
            model_name='invoiceline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_on__isnull', True), ('starts_on__isnull', True)), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='invoice_line_days'),
        ),
    ]
