"""What a plan costs us."""

import alicerce.kernel.db
import alicerce.kernel.ids
import alicerce.kernel.isolation
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalog', '0005_coupons'),
        ('tenancy', '0011_sandbox_clock'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlanCost',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('monthly_cents', models.PositiveBigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('plan', alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.plan')),
                ('tenant', models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'abstract': False,
                'constraints': [alicerce.kernel.isolation.TenantKey(name='reports_plancost_key'), alicerce.kernel.isolation.TenantWall(name='reports_plancost_wall', verbs='select, insert, update, delete'), models.UniqueConstraint(fields=('tenant', 'plan', 'currency'), name='one_cost_per_plan'), models.CheckConstraint(condition=models.Q(('currency__regex', '^[A-Z]{3}$')), name='plan_cost_currency_iso'), alicerce.kernel.isolation.TenantReference(field='plan', name='reports_plancost_plan_ref', to='catalog.plan')],
            },
        ),
    ]
