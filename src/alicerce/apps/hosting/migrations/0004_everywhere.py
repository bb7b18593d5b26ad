"""Operators page by id through every company. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('hosting', '0003_said'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='provisioningrun',
            index=models.Index(fields=['id'], name='hosting_runs_everywhere'),
        ),
        AddIndexConcurrently(
            model_name='service',
            index=models.Index(fields=['id'], name='hosting_services_everywhere'),
        ),
    ]
