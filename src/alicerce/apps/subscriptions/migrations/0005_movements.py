"""How what subscriptions bring each month has changed."""

import alicerce.kernel.db
import alicerce.kernel.ids
import alicerce.kernel.isolation
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0008_by_name'),
        ('subscriptions', '0004_disputed'),
        ('tenancy', '0011_sandbox_clock'),
    ]

    operations = [
        migrations.CreateModel(
            name='Movement',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('number', models.PositiveIntegerField()),
                ('on', models.DateField()),
                ('kind', models.CharField(choices=[('new', 'new'), ('expansion', 'expansion'), ('contraction', 'contraction'), ('churn', 'churn'), ('reactivation', 'reactivation')], max_length=12)),
                ('delta_cents', models.BigIntegerField()),
                ('after_cents', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('customer', alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer')),
                ('subscription', alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subscriptions.subscription')),
                ('tenant', models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['tenant', 'on', 'id'], name='movements_by_day'), models.Index(fields=['tenant', 'customer'], name='movements_of_customer')],
                'constraints': [alicerce.kernel.isolation.TenantKey(name='subscriptions_movement_key'), alicerce.kernel.isolation.TenantWall(name='subscriptions_movement_wall', operator_reads=True, verbs='select, insert'), alicerce.kernel.isolation.AppendOnly(name='subscriptions_movement_append_only'), models.UniqueConstraint(fields=('tenant', 'subscription', 'number'), name='movements_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('delta_cents', 0), _negated=True), ('after_cents__gte', 0)), name='movement_changes_something'), alicerce.kernel.isolation.TenantReference(field='subscription', name='subscriptions_movement_subscription_ref', to='subscriptions.subscription'), alicerce.kernel.isolation.TenantReference(field='customer', name='subscriptions_movement_customer_ref', to='customers.customer')],
            },
        ),
    ]
