"""Customers in the order of their names. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('customers', '0007_files_in_stretches'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='customer',
            index=models.Index(fields=['tenant', 'name', 'id'], name='customers_by_name'),
        ),
    ]
