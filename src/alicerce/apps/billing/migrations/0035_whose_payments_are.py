"""Whose payments of nobody are, as somebody decided."""

import alicerce.kernel.db
import alicerce.kernel.ids
import alicerce.kernel.isolation
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0034_platform_fees'),
        ('customers', '0013_brought_by'),
        ('tenancy', '0015_invited_by_key'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attribution',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('amount_cents', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('customer', alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.customer')),
                ('invoice', alicerce.kernel.db.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.invoice')),
                ('payment', alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.payment')),
                ('tenant', models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'abstract': False,
                'constraints': [alicerce.kernel.isolation.TenantKey(name='billing_attribution_key'), alicerce.kernel.isolation.TenantWall(name='billing_attribution_wall', operator_reads=True, verbs='select, insert, update, delete'), models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('tenant', 'payment'), name='payment_attributed_once'), models.CheckConstraint(condition=models.Q(('amount_cents__gt', 0)), name='attribution_of_something'), alicerce.kernel.isolation.TenantReference(field='payment', name='billing_attribution_payment_ref', to='billing.payment'), alicerce.kernel.isolation.TenantReference(field='customer', name='billing_attribution_customer_ref', to='customers.customer'), alicerce.kernel.isolation.TenantReference(field='invoice', name='billing_attribution_invoice_ref', to='billing.invoice')],
            },
        ),
    ]
