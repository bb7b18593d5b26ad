"""Authorisations of Pix Automático, and what is debited by them."""

import alicerce.apps.collecting.types
import alicerce.kernel.db
import alicerce.kernel.ids
import alicerce.kernel.isolation
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0029_automatic_debits'),
        ('collecting', '0004_payers_given_up'),
        ('customers', '0009_by_status'),
        ('tenancy', '0011_sandbox_clock'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('journey', models.CharField(choices=[('alone', 'alone'), ('paying', 'paying'), ('offered', 'offered')], max_length=7)),
                ('status', models.CharField(choices=[('asked', 'asked'), ('open', 'open'), ('approved', 'approved'), ('rejected', 'rejected'), ('expired', 'expired'), ('ended', 'ended'), ('failed', 'failed')], default=alicerce.apps.collecting.types.MandateStatus['ASKED'], max_length=8)),
                ('external_id', models.CharField(blank=True, max_length=40)),
                ('location', models.BigIntegerField(null=True)),
                ('is_asked', models.BooleanField(default=False)),
                ('code', models.CharField(blank=True, max_length=512)),
                ('fixed_cents', models.BigIntegerField(null=True)),
                ('most_cents', models.BigIntegerField(null=True)),
                ('floor_cents', models.BigIntegerField(null=True)),
                ('currency', models.CharField(max_length=3)),
                ('starts_on', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, choices=[('customer', 'customer'), ('company', 'company'), ('bank', 'bank')], max_length=8)),
                ('is_unwanted', models.BooleanField(default=False)),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('look_at', models.DateTimeField(null=True)),
                ('account', alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.gatewayaccount')),
                ('charge', alicerce.kernel.db.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.charge')),
                ('customer', alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer')),
                ('invoice', alicerce.kernel.db.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.invoice')),
                ('tenant', models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Debit',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('status', models.CharField(choices=[('planned', 'planned'), ('scheduled', 'scheduled'), ('paid', 'paid'), ('failed', 'failed'), ('dropped', 'dropped')], max_length=9)),
                ('debit_on', models.DateField()),
                ('cycle_on', models.DateField()),
                ('try_on', models.DateField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('next_at', models.DateTimeField(null=True)),
                ('charge', alicerce.kernel.db.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.charge')),
                ('customer', alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer')),
                ('invoice', alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.invoice')),
                ('tenant', models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
                ('mandate', alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collecting.mandate')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='mandate',
            index=models.Index(condition=models.Q(('look_at__isnull', False)), fields=['look_at'], name='mandates_to_look_at'),
        ),
        migrations.AddIndex(
            model_name='mandate',
            index=models.Index(fields=['tenant', 'customer', '-id'], name='mandates_of_customer'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=alicerce.kernel.isolation.TenantKey(name='collecting_mandate_key'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=alicerce.kernel.isolation.TenantWall(name='collecting_mandate_wall', operator_reads=True, verbs='select, insert, update, delete'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'approved')), fields=('tenant', 'customer'), name='one_approved_mandate'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('tenant', 'account', 'external_id'), name='one_mandate_per_name'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('fixed_cents__isnull', True), ('most_cents__isnull', True), _connector='OR'), name='mandate_is_fixed_or_limited'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('status__in', ['asked', 'open', 'approved'])), models.Q(('ended_at__isnull', False), ('status__in', ['rejected', 'expired', 'ended', 'failed'])), _connector='OR'), name='mandate_ended_with_its_time'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=alicerce.kernel.isolation.TenantReference(field='customer', name='collecting_mandate_customer_ref', to='customers.customer'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=alicerce.kernel.isolation.TenantReference(field='account', name='collecting_mandate_account_ref', to='billing.gatewayaccount'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=alicerce.kernel.isolation.TenantReference(field='invoice', name='collecting_mandate_invoice_ref', to='billing.invoice'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=alicerce.kernel.isolation.TenantReference(field='charge', name='collecting_mandate_charge_ref', to='billing.charge'),
        ),
        migrations.AddIndex(
            model_name='debit',
            index=models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='debits_due'),
        ),
        migrations.AddIndex(
            model_name='debit',
            index=models.Index(fields=['tenant', 'customer', '-id'], name='debits_of_customer'),
        ),
        migrations.AddIndex(
            model_name='debit',
            index=models.Index(fields=['tenant', 'mandate'], name='debits_of_mandate'),
        ),
        migrations.AddConstraint(
            model_name='debit',
            constraint=alicerce.kernel.isolation.TenantKey(name='collecting_debit_key'),
        ),
        migrations.AddConstraint(
            model_name='debit',
            constraint=alicerce.kernel.isolation.TenantWall(name='collecting_debit_wall', operator_reads=True, verbs='select, insert, update, delete'),
        ),
        migrations.AddConstraint(
            model_name='debit',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'dropped'), _negated=True), fields=('tenant', 'invoice'), name='one_debit_per_invoice'),
        ),
        migrations.AddConstraint(
            model_name='debit',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['planned', 'scheduled', 'paid']), models.Q(('charge__isnull', False), ('status', 'failed')), _connector='OR'), fields=('tenant', 'mandate', 'cycle_on'), name='one_debit_per_cycle'),
        ),
        migrations.AddConstraint(
            model_name='debit',
            constraint=models.UniqueConstraint(condition=models.Q(('charge__isnull', False)), fields=('tenant', 'charge'), name='one_debit_per_charge'),
        ),
        migrations.AddConstraint(
            model_name='debit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('status__in', ['planned', 'scheduled'])), models.Q(('ended_at__isnull', False), ('status__in', ['paid', 'failed', 'dropped'])), _connector='OR'), name='debit_ended_with_its_time'),
        ),
        migrations.AddConstraint(
            model_name='debit',
            constraint=alicerce.kernel.isolation.TenantReference(field='mandate', name='collecting_debit_mandate_ref', to='collecting.mandate'),
        ),
        migrations.AddConstraint(
            model_name='debit',
            constraint=alicerce.kernel.isolation.TenantReference(field='invoice', name='collecting_debit_invoice_ref', to='billing.invoice'),
        ),
        migrations.AddConstraint(
            model_name='debit',
            constraint=alicerce.kernel.isolation.TenantReference(field='customer', name='collecting_debit_customer_ref', to='customers.customer'),
        ),
        migrations.AddConstraint(
            model_name='debit',
            constraint=alicerce.kernel.isolation.TenantReference(field='charge', name='collecting_debit_charge_ref', to='billing.charge'),
        ),
    ]
