"""Invoices in the order of their due dates. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('billing', '0006_withdrawal_asked'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='invoice',
            index=models.Index(fields=['tenant', 'due_on', 'id'], name='invoices_by_due_date'),
        ),
    ]
