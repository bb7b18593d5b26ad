"""Tickets are listed by state, customer and who sees to them. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('customers', '0005_exchange'),
        ('support', '0004_tickets_about'),
        ('tenancy', '0007_lets_operators_in'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(fields=['tenant', 'status', '-id'], name='support_tickets_by_status'),
        ),
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(fields=['tenant', 'customer', '-id'], name='support_tickets_of'),
        ),
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(condition=models.Q(('status', 'open')), fields=['tenant', 'assignee_id', '-id'], name='support_tickets_with'),
        ),
        migrations.RunSQL("drop index concurrently if exists support_ticket_customer_ref_ix", migrations.RunSQL.noop),
    ]
