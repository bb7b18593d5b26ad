"""Companies are paid through accounts under the platform's own."""

import alicerce.apps.billing.types.connecting
import alicerce.kernel.db
import alicerce.kernel.ids
import alicerce.kernel.isolation
import django.db.models.deletion
from django.db import migrations, models


BY_ACCOUNT = "create index merchants_by_connected_account on billing_merchant (external_id);"
NOT_BY_ACCOUNT = "drop index merchants_by_connected_account;"


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0029_automatic_debits'),
        ('tenancy', '0013_restrictions'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConnectOffer',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('is_open', models.BooleanField(default=False)),
                ('fee_basis_points', models.PositiveSmallIntegerField(default=0)),
                ('gives_fee_back', models.BooleanField(default=True)),
                ('strays', models.PositiveIntegerField(default=0)),
                ('hook_registered_at', models.DateTimeField(null=True)),
                ('account', alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.gatewayaccount')),
                ('tenant', models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'abstract': False,
                'constraints': [alicerce.kernel.isolation.TenantKey(name='billing_connectoffer_key'), alicerce.kernel.isolation.TenantWall(name='billing_connectoffer_wall', verbs='select, insert, update, delete'), models.UniqueConstraint(fields=('tenant', 'account'), name='one_offer_per_account'), models.CheckConstraint(condition=models.Q(('fee_basis_points__lte', 3000)), name='connect_fee_within_reason'), alicerce.kernel.isolation.TenantReference(field='account', name='billing_connectoffer_account_ref', to='billing.gatewayaccount')],
            },
        ),
        migrations.CreateModel(
            name='Merchant',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('platform_account_id', models.UUIDField()),
                ('livemode', models.BooleanField()),
                ('external_id', models.CharField(blank=True, max_length=120)),
                ('state', models.CharField(choices=[('pending', 'pending'), ('restricted', 'restricted'), ('enabled', 'enabled'), ('disconnected', 'disconnected')], default=alicerce.apps.billing.types.connecting.MerchantState['PENDING'], max_length=12)),
                ('due', models.JSONField(default=list)),
                ('disabled_reason', models.CharField(blank=True, max_length=120)),
                ('fee_basis_points', models.PositiveSmallIntegerField()),
                ('gives_fee_back', models.BooleanField()),
                ('asked_at', models.DateTimeField()),
                ('tried_at', models.DateTimeField(null=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('link_status', models.CharField(blank=True, max_length=8)),
                ('link_url', models.CharField(blank=True, max_length=500)),
                ('return_url', models.CharField(blank=True, max_length=500)),
                ('account', alicerce.kernel.db.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.gatewayaccount')),
                ('tenant', models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'abstract': False,
                'constraints': [alicerce.kernel.isolation.TenantKey(name='billing_merchant_key'), alicerce.kernel.isolation.TenantWall(name='billing_merchant_wall', operator_reads=True, verbs='select, insert, update, delete'), models.UniqueConstraint(condition=models.Q(('state', 'disconnected'), _negated=True), fields=('tenant', 'livemode'), name='one_live_merchant_per_company'), alicerce.kernel.isolation.TenantReference(field='account', name='billing_merchant_account_ref', to='billing.gatewayaccount')],
            },
        ),
        migrations.RunSQL(BY_ACCOUNT, NOT_BY_ACCOUNT),
    ]
