"""Revenue that days to come have yet to earn, and what of a price its days have earned so far."""

import alicerce.kernel.db
import alicerce.kernel.ids
import alicerce.kernel.isolation
import django.db.models.deletion
from django.db import migrations, models


# Rounded as `rules.deferring.earned` does: half a cent away from zero, as a running total.
EARNED = """
create function billing_earned(cents bigint, starts_on date, ends_on date, before date) returns bigint
language sql immutable as $$
    select case when cents < 0 then -1 else 1 end * (
        (2 * abs(cents) * least(greatest(before - starts_on, 0), ends_on - starts_on)
            + (ends_on - starts_on)) / (2 * (ends_on - starts_on))
    )
$$;
revoke all on function billing_earned(bigint, date, date, date) from public;
grant execute on function billing_earned(bigint, date, date, date) to alicerce_app, alicerce_operator;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0021_read_beside_providers'),
        ('tenancy', '0011_sandbox_clock'),
    ]

    operations = [
        migrations.RunSQL(EARNED, "drop function billing_earned(bigint, date, date, date);"),
        migrations.CreateModel(
            name='Deferral',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('position', models.PositiveSmallIntegerField(null=True)),
                ('subscription_id', models.UUIDField(null=True)),
                ('amount_cents', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('begun_on', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('invoice', alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.invoice')),
                ('tenant', models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['tenant', 'invoice'], name='deferrals_of_invoice'), models.Index(fields=['tenant', 'ends_on'], name='deferrals_by_end')],
                'constraints': [alicerce.kernel.isolation.TenantKey(name='billing_deferral_key'), alicerce.kernel.isolation.TenantWall(name='billing_deferral_wall', operator_reads=True, verbs='select, insert, update, delete'), models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('tenant', 'invoice', 'position', 'subscription_id'), name='one_deferral_per_line', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('begun_on__lt', models.F('ends_on')), ('ends_on__gt', models.F('starts_on'))), name='deferral_has_days_to_come'), models.CheckConstraint(condition=models.Q(('amount_cents', 0), _negated=True), name='deferral_of_something'), alicerce.kernel.isolation.TenantReference(field='invoice', name='billing_deferral_invoice_ref', to='billing.invoice')],
            },
        ),
        migrations.CreateModel(
            name='Recognition',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('until', models.DateField()),
                ('tenant', models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'abstract': False,
                'constraints': [alicerce.kernel.isolation.TenantKey(name='billing_recognition_key'), alicerce.kernel.isolation.TenantWall(name='billing_recognition_wall', operator_reads=True, verbs='select, insert, update, delete'), models.UniqueConstraint(fields=('tenant',), name='one_recognition_per_company')],
            },
        ),
    ]
