"""Tickets are found by what they are about, and by operators in every company. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('support', '0003_answers'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(fields=['tenant', 'entity_id'], name='support_tickets_about'),
        ),
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(fields=['id'], name='support_tickets_everywhere'),
        ),
    ]
