"""Sheets that were printed."""

import alicerce.kernel.db
import alicerce.kernel.ids
import alicerce.kernel.isolation
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0022_deferred_revenue'),
        ('customers', '0008_by_name'),
        ('tenancy', '0011_sandbox_clock'),
    ]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('digest', models.CharField(max_length=64)),
                ('body', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('customer', alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer')),
                ('tenant', models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['tenant', 'customer'], name='papers_of_customer'), models.Index(fields=['tenant', 'made_at'], name='papers_by_age')],
                'constraints': [alicerce.kernel.isolation.TenantKey(name='billing_paper_key'), alicerce.kernel.isolation.TenantWall(name='billing_paper_wall', verbs='select, insert, update, delete'), models.UniqueConstraint(fields=('tenant', 'digest'), name='paper_once'), alicerce.kernel.isolation.TenantReference(field='customer', name='billing_paper_customer_ref', to='customers.customer')],
            },
        ),
    ]
