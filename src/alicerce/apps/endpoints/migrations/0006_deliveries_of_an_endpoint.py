"""An endpoint's deliveries from the newest, and those given up. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('endpoints', '0005_events_by_position'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='delivery',
            index=models.Index(fields=['tenant', 'endpoint', '-id'], name='deliveries_of_endpoint'),
        ),
        AddIndexConcurrently(
            model_name='delivery',
            index=models.Index(condition=models.Q(('status', 'failed')), fields=['tenant', 'endpoint', '-id'], name='deliveries_given_up'),
        ),
    ]
