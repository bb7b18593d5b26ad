"""A place for the position of each event, and for the last one given."""

import alicerce.kernel.db
import alicerce.kernel.ids
import alicerce.kernel.isolation
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('endpoints', '0003_indexes_led_by_others'),
        ('tenancy', '0008_product_ends'),
    ]

    operations = [
        migrations.CreateModel(
            name='EventCounter',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('last', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='loggedevent',
            name='position',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='eventcounter',
            name='tenant',
            field=models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddConstraint(
            model_name='eventcounter',
            constraint=alicerce.kernel.isolation.TenantKey(name='endpoints_eventcounter_key'),
        ),
        migrations.AddConstraint(
            model_name='eventcounter',
            constraint=alicerce.kernel.isolation.TenantWall(name='endpoints_eventcounter_wall', verbs='select, insert, update, delete'),
        ),
        migrations.AddConstraint(
            model_name='eventcounter',
            constraint=models.UniqueConstraint(fields=('tenant',), name='event_counter_once'),
        ),
    ]
