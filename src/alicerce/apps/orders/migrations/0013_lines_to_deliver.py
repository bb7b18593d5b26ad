"""What waits for its delivery is found by its kind, to count its place. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('catalog', '0011_fields'),
        ('orders', '0012_placed_for_customers'),
        ('tenancy', '0015_invited_by_key'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='line',
            index=models.Index(condition=models.Q(('status__in', ['waiting', 'delivering', 'failed'])), fields=['tenant', 'kind'], name='lines_to_deliver'),
        ),
    ]
