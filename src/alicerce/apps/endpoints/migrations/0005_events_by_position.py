"""Events in the order of their positions. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

ONCE = (
    "create unique index concurrently if not exists event_position_once"
    " on endpoints_loggedevent (tenant_id, position) where position is not null"
)
NOT_ONCE = "drop index concurrently if exists event_position_once"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('endpoints', '0004_event_positions'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='loggedevent',
            index=models.Index(condition=models.Q(('position', None), _negated=True), fields=['tenant', 'type', 'position'], name='logged_events_of_type_on'),
        ),
        AddIndexConcurrently(
            model_name='loggedevent',
            index=models.Index(condition=models.Q(('position', None)), fields=['tenant', 'id'], name='logged_events_unnumbered'),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(ONCE, NOT_ONCE)],
            state_operations=[
                migrations.AddConstraint(
                    model_name='loggedevent',
                    constraint=models.UniqueConstraint(
                        condition=models.Q(('position', None), _negated=True),
                        fields=('tenant', 'position'),
                        name='event_position_once',
                    ),
                ),
            ],
        ),
    ]
