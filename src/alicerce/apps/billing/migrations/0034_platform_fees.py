"""Fees that the platform keeps of payments to companies, and what else a provider says of their accounts."""

import alicerce.kernel.db
import alicerce.kernel.ids
import alicerce.kernel.isolation
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0033_issuers'),
        ('tenancy', '0015_invited_by_key'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlatformFee',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('external_id', models.CharField(max_length=120)),
                ('refund_reference', models.CharField(blank=True, max_length=120)),
                ('amount_cents', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('happened_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='connectoffer',
            name='fee_fixed_cents',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='merchant',
            name='can_pay_out',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='merchant',
            name='changed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='merchant',
            name='due_by',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='merchant',
            name='ended_by',
            field=models.CharField(blank=True, db_default='', default='', max_length=8),
        ),
        migrations.AddField(
            model_name='merchant',
            name='fee_fixed_cents',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name='connectoffer',
            constraint=models.CheckConstraint(condition=models.Q(('fee_fixed_cents__lte', 1000)), name='connect_fixed_fee_within_reason'),
        ),
        migrations.AddField(
            model_name='platformfee',
            name='account',
            field=alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.gatewayaccount'),
        ),
        migrations.AddField(
            model_name='platformfee',
            name='payment',
            field=alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.payment'),
        ),
        migrations.AddField(
            model_name='platformfee',
            name='tenant',
            field=models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddIndex(
            model_name='platformfee',
            index=models.Index(fields=['tenant', 'payment'], name='platform_fees_by_payment'),
        ),
        migrations.AddIndex(
            model_name='platformfee',
            index=models.Index(fields=['tenant', '-happened_at', '-id'], name='platform_fees_newest'),
        ),
        migrations.AddConstraint(
            model_name='platformfee',
            constraint=alicerce.kernel.isolation.TenantKey(name='billing_platformfee_key'),
        ),
        migrations.AddConstraint(
            model_name='platformfee',
            constraint=alicerce.kernel.isolation.TenantWall(name='billing_platformfee_wall', operator_reads=True, verbs='select, insert'),
        ),
        migrations.AddConstraint(
            model_name='platformfee',
            constraint=alicerce.kernel.isolation.AppendOnly(name='billing_platformfee_append_only'),
        ),
        migrations.AddConstraint(
            model_name='platformfee',
            constraint=models.UniqueConstraint(fields=('tenant', 'account', 'external_id'), name='platform_fee_once'),
        ),
        migrations.AddConstraint(
            model_name='platformfee',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_cents__gt', 0), ('refund_reference', '')), models.Q(models.Q(('refund_reference', ''), _negated=True), ('amount_cents__lt', 0)), _connector='OR'), name='platform_fee_kept_or_back'),
        ),
        migrations.AddConstraint(
            model_name='platformfee',
            constraint=alicerce.kernel.isolation.TenantReference(field='account', name='billing_platformfee_account_ref', to='billing.gatewayaccount'),
        ),
        migrations.AddConstraint(
            model_name='platformfee',
            constraint=alicerce.kernel.isolation.TenantReference(field='payment', name='billing_platformfee_payment_ref', to='billing.payment'),
        ),
    ]
