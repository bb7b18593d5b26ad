"""Lines of invoices by their subscription. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('billing', '0008_lines_of_subscriptions'),
    ]

    operations = [
        ValidateConstraint(model_name='invoiceline', name='invoice_line_days'),
        AddIndexConcurrently(
            model_name='invoiceline',
            index=models.Index(condition=models.Q(('subscription_id__isnull', False)), fields=['tenant', 'subscription_id'], name='invoice_lines_of_subscription'),
        ),
    ]
