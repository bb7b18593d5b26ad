"""What stands on things of other apps."""

import alicerce.kernel.db
import alicerce.kernel.ids
import alicerce.kernel.isolation
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('tenancy', '0008_product_ends'),
    ]

    operations = [
        migrations.CreateModel(
            name='Datum',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[('customer', 'customer'), ('order', 'order'), ('invoice', 'invoice'), ('service', 'service'), ('zone', 'zone')], max_length=8)),
                ('thing_id', models.UUIDField()),
                ('name', models.CharField(max_length=40)),
                ('value', models.CharField(max_length=500)),
                ('tenant', models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['tenant', 'kind', 'name', 'value', 'thing_id'], name='things_of_a_datum')],
                'constraints': [alicerce.kernel.isolation.TenantKey(name='metadata_datum_key'), alicerce.kernel.isolation.TenantWall(name='metadata_datum_wall', verbs='select, insert, update, delete'), models.UniqueConstraint(fields=('tenant', 'kind', 'thing_id', 'name'), name='one_datum_of_a_name')],
            },
        ),
    ]
