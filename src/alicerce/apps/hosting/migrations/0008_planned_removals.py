"""Planned removals are found by their day. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('hosting', '0007_obeys'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='service',
            index=models.Index(
                condition=models.Q(('removal_due_at__isnull', False)),
                fields=['tenant', 'removal_due_at'],
                name='hosting_services_to_remove',
            ),
        ),
    ]
