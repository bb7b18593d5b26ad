"""Live accounts obey: holds, operations as runs, planned removals, differences with the panels."""


import alicerce.apps.hosting.types.life
import alicerce.kernel.db
import alicerce.kernel.ids
import alicerce.kernel.isolation
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0008_by_name'),
        ('hosting', '0006_lists'),
        ('tenancy', '0008_product_ends'),
    ]

    operations = [
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(choices=[(alicerce.apps.hosting.types.life.DifferenceKind['MISSING'], alicerce.apps.hosting.types.life.DifferenceKind['MISSING']), (alicerce.apps.hosting.types.life.DifferenceKind['ORPHAN'], alicerce.apps.hosting.types.life.DifferenceKind['ORPHAN']), (alicerce.apps.hosting.types.life.DifferenceKind['SUSPENDED'], alicerce.apps.hosting.types.life.DifferenceKind['SUSPENDED']), (alicerce.apps.hosting.types.life.DifferenceKind['RESUMED'], alicerce.apps.hosting.types.life.DifferenceKind['RESUMED']), (alicerce.apps.hosting.types.life.DifferenceKind['PACKAGE'], alicerce.apps.hosting.types.life.DifferenceKind['PACKAGE']), (alicerce.apps.hosting.types.life.DifferenceKind['DOMAIN'], alicerce.apps.hosting.types.life.DifferenceKind['DOMAIN'])], max_length=24)),
                ('username', models.CharField(max_length=64)),
                ('domain', models.CharField(max_length=253)),
                ('ours', models.CharField(blank=True, default='', max_length=253)),
                ('theirs', models.CharField(blank=True, default='', max_length=253)),
                ('status', models.CharField(choices=[(alicerce.apps.hosting.types.life.DifferenceStatus['OPEN'], alicerce.apps.hosting.types.life.DifferenceStatus['OPEN']), (alicerce.apps.hosting.types.life.DifferenceStatus['DISMISSED'], alicerce.apps.hosting.types.life.DifferenceStatus['DISMISSED']), (alicerce.apps.hosting.types.life.DifferenceStatus['SETTLED'], alicerce.apps.hosting.types.life.DifferenceStatus['SETTLED'])], default=alicerce.apps.hosting.types.life.DifferenceStatus['OPEN'], max_length=9)),
                ('first_seen_at', models.DateTimeField()),
                ('last_seen_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('note', models.CharField(blank=True, default='', max_length=500)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('cause', models.CharField(choices=[(alicerce.apps.hosting.types.life.Cause['UNPAID'], alicerce.apps.hosting.types.life.Cause['UNPAID']), (alicerce.apps.hosting.types.life.Cause['STAFF'], alicerce.apps.hosting.types.life.Cause['STAFF']), (alicerce.apps.hosting.types.life.Cause['ABUSE'], alicerce.apps.hosting.types.life.Cause['ABUSE']), (alicerce.apps.hosting.types.life.Cause['ENDED'], alicerce.apps.hosting.types.life.Cause['ENDED'])], max_length=6)),
                ('origin', models.CharField(choices=[(alicerce.apps.hosting.types.life.Origin['SUBSCRIPTION'], alicerce.apps.hosting.types.life.Origin['SUBSCRIPTION']), (alicerce.apps.hosting.types.life.Origin['PERSON'], alicerce.apps.hosting.types.life.Origin['PERSON'])], max_length=12)),
                ('scope', models.CharField(choices=[(alicerce.apps.hosting.types.life.Scope['WEB'], alicerce.apps.hosting.types.life.Scope['WEB']), (alicerce.apps.hosting.types.life.Scope['ALL'], alicerce.apps.hosting.types.life.Scope['ALL'])], max_length=4)),
                ('reason', models.CharField(blank=True, default='', max_length=500)),
                ('since', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.UUIDField(default=alicerce.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('days_until_removal', models.PositiveSmallIntegerField(default=30)),
                ('remover', models.CharField(choices=[(alicerce.apps.hosting.types.life.Remover['PERSON'], alicerce.apps.hosting.types.life.Remover['PERSON']), (alicerce.apps.hosting.types.life.Remover['CLOCK'], alicerce.apps.hosting.types.life.Remover['CLOCK'])], default=alicerce.apps.hosting.types.life.Remover['PERSON'], max_length=6)),
                ('web_alone', models.CharField(choices=[(alicerce.apps.hosting.types.life.WebAlone['WHOLE'], alicerce.apps.hosting.types.life.WebAlone['WHOLE']), (alicerce.apps.hosting.types.life.WebAlone['NOTHING'], alicerce.apps.hosting.types.life.WebAlone['NOTHING'])], default=alicerce.apps.hosting.types.life.WebAlone['WHOLE'], max_length=7)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='provisioningrun',
            name='kind',
            field=models.CharField(choices=[(alicerce.apps.hosting.types.life.RunKind['PROVISION'], alicerce.apps.hosting.types.life.RunKind['PROVISION']), (alicerce.apps.hosting.types.life.RunKind['SUSPEND'], alicerce.apps.hosting.types.life.RunKind['SUSPEND']), (alicerce.apps.hosting.types.life.RunKind['RESUME'], alicerce.apps.hosting.types.life.RunKind['RESUME']), (alicerce.apps.hosting.types.life.RunKind['CHANGE_PACKAGE'], alicerce.apps.hosting.types.life.RunKind['CHANGE_PACKAGE']), (alicerce.apps.hosting.types.life.RunKind['TERMINATE'], alicerce.apps.hosting.types.life.RunKind['TERMINATE'])], default=alicerce.apps.hosting.types.life.RunKind['PROVISION'], max_length=16),
        ),
        migrations.AddField(
            model_name='provisioningrun',
            name='wanted',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='service',
            name='package_in_doubt',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='service',
            name='package_wanted_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='service',
            name='removal_asked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='service',
            name='removal_confirmed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='service',
            name='removal_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='service',
            name='suspended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='service',
            name='suspension_cause',
            field=models.CharField(blank=True, choices=[(alicerce.apps.hosting.types.life.Cause['UNPAID'], alicerce.apps.hosting.types.life.Cause['UNPAID']), (alicerce.apps.hosting.types.life.Cause['STAFF'], alicerce.apps.hosting.types.life.Cause['STAFF']), (alicerce.apps.hosting.types.life.Cause['ABUSE'], alicerce.apps.hosting.types.life.Cause['ABUSE']), (alicerce.apps.hosting.types.life.Cause['ENDED'], alicerce.apps.hosting.types.life.Cause['ENDED'])], default='', max_length=6),
        ),
        migrations.AddField(
            model_name='service',
            name='suspension_scope',
            field=models.CharField(blank=True, choices=[(alicerce.apps.hosting.types.life.Scope['WEB'], alicerce.apps.hosting.types.life.Scope['WEB']), (alicerce.apps.hosting.types.life.Scope['ALL'], alicerce.apps.hosting.types.life.Scope['ALL'])], default='', max_length=4),
        ),
        migrations.AddField(
            model_name='service',
            name='suspension_told',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='service',
            name='terminated_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='service',
            name='wanted_package',
            field=models.CharField(blank=True, default='', max_length=80),
        ),
        migrations.AddField(
            model_name='service',
            name='wanted_plan_name',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AlterField(
            model_name='provisioningrun',
            name='status',
            field=models.CharField(choices=[(alicerce.apps.hosting.types.life.RunStatus['QUEUED'], alicerce.apps.hosting.types.life.RunStatus['QUEUED']), (alicerce.apps.hosting.types.life.RunStatus['RUNNING'], alicerce.apps.hosting.types.life.RunStatus['RUNNING']), (alicerce.apps.hosting.types.life.RunStatus['WAITING'], alicerce.apps.hosting.types.life.RunStatus['WAITING']), (alicerce.apps.hosting.types.life.RunStatus['SUCCEEDED'], alicerce.apps.hosting.types.life.RunStatus['SUCCEEDED']), (alicerce.apps.hosting.types.life.RunStatus['FAILED'], alicerce.apps.hosting.types.life.RunStatus['FAILED']), (alicerce.apps.hosting.types.life.RunStatus['NEEDS_HUMAN'], alicerce.apps.hosting.types.life.RunStatus['NEEDS_HUMAN']), (alicerce.apps.hosting.types.life.RunStatus['SUPERSEDED'], alicerce.apps.hosting.types.life.RunStatus['SUPERSEDED'])], default=alicerce.apps.hosting.types.life.RunStatus['QUEUED'], max_length=12),
        ),
        migrations.AlterField(
            model_name='runstep',
            name='kind',
            field=models.CharField(choices=[(alicerce.apps.hosting.types.life.StepKind['CHOOSE_SERVER'], alicerce.apps.hosting.types.life.StepKind['CHOOSE_SERVER']), (alicerce.apps.hosting.types.life.StepKind['RESERVE_USERNAME'], alicerce.apps.hosting.types.life.StepKind['RESERVE_USERNAME']), (alicerce.apps.hosting.types.life.StepKind['CREATE_ACCOUNT'], alicerce.apps.hosting.types.life.StepKind['CREATE_ACCOUNT']), (alicerce.apps.hosting.types.life.StepKind['DNS_ZONE'], alicerce.apps.hosting.types.life.StepKind['DNS_ZONE']), (alicerce.apps.hosting.types.life.StepKind['START_AUTOSSL'], alicerce.apps.hosting.types.life.StepKind['START_AUTOSSL']), (alicerce.apps.hosting.types.life.StepKind['WELCOME'], alicerce.apps.hosting.types.life.StepKind['WELCOME']), (alicerce.apps.hosting.types.life.StepKind['SUSPEND_ACCOUNT'], alicerce.apps.hosting.types.life.StepKind['SUSPEND_ACCOUNT']), (alicerce.apps.hosting.types.life.StepKind['RESUME_ACCOUNT'], alicerce.apps.hosting.types.life.StepKind['RESUME_ACCOUNT']), (alicerce.apps.hosting.types.life.StepKind['CHANGE_PACKAGE'], alicerce.apps.hosting.types.life.StepKind['CHANGE_PACKAGE']), (alicerce.apps.hosting.types.life.StepKind['REMOVE_ACCOUNT'], alicerce.apps.hosting.types.life.StepKind['REMOVE_ACCOUNT']), (alicerce.apps.hosting.types.life.StepKind['CONFIRM'], alicerce.apps.hosting.types.life.StepKind['CONFIRM']), (alicerce.apps.hosting.types.life.StepKind['CONCLUDE'], alicerce.apps.hosting.types.life.StepKind['CONCLUDE'])], max_length=20),
        ),
        migrations.AlterField(
            model_name='runstep',
            name='status',
            field=models.CharField(choices=[(alicerce.apps.hosting.types.life.StepStatus['TODO'], alicerce.apps.hosting.types.life.StepStatus['TODO']), (alicerce.apps.hosting.types.life.StepStatus['RUNNING'], alicerce.apps.hosting.types.life.StepStatus['RUNNING']), (alicerce.apps.hosting.types.life.StepStatus['WAITING'], alicerce.apps.hosting.types.life.StepStatus['WAITING']), (alicerce.apps.hosting.types.life.StepStatus['DONE'], alicerce.apps.hosting.types.life.StepStatus['DONE']), (alicerce.apps.hosting.types.life.StepStatus['FAILED'], alicerce.apps.hosting.types.life.StepStatus['FAILED']), (alicerce.apps.hosting.types.life.StepStatus['NEEDS_HUMAN'], alicerce.apps.hosting.types.life.StepStatus['NEEDS_HUMAN']), (alicerce.apps.hosting.types.life.StepStatus['SUPERSEDED'], alicerce.apps.hosting.types.life.StepStatus['SUPERSEDED'])], default=alicerce.apps.hosting.types.life.StepStatus['TODO'], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='provisioningrun',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', (alicerce.apps.hosting.types.life.RunStatus['QUEUED'], alicerce.apps.hosting.types.life.RunStatus['RUNNING'], alicerce.apps.hosting.types.life.RunStatus['WAITING']))), fields=('tenant', 'service'), name='hosting_one_live_run_per_service'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'suspended'), _negated=True), ('suspended_at__isnull', False), _connector='OR'), name='hosting_service_suspended_since'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('desired', 'terminated'), _negated=True), ('removal_confirmed_at__isnull', False), _connector='OR'), name='hosting_service_removal_confirmed'),
        ),
        migrations.AddField(
            model_name='difference',
            name='server',
            field=alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hosting.server'),
        ),
        migrations.AddField(
            model_name='difference',
            name='service',
            field=alicerce.kernel.db.TenantForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hosting.service'),
        ),
        migrations.AddField(
            model_name='difference',
            name='tenant',
            field=models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddField(
            model_name='hold',
            name='service',
            field=alicerce.kernel.db.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='hosting.service'),
        ),
        migrations.AddField(
            model_name='hold',
            name='tenant',
            field=models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddField(
            model_name='policy',
            name='tenant',
            field=models.ForeignKey(db_default=alicerce.kernel.db.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant'),
        ),
        migrations.AddIndex(
            model_name='difference',
            index=models.Index(fields=['tenant', 'status', '-id'], name='hosting_differences_by_status'),
        ),
        migrations.AddConstraint(
            model_name='difference',
            constraint=alicerce.kernel.isolation.TenantKey(name='hosting_difference_key'),
        ),
        migrations.AddConstraint(
            model_name='difference',
            constraint=alicerce.kernel.isolation.TenantWall(name='hosting_difference_wall', operator_reads=True, verbs='select, insert, update, delete'),
        ),
        migrations.AddConstraint(
            model_name='difference',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', (alicerce.apps.hosting.types.life.DifferenceStatus['OPEN'], alicerce.apps.hosting.types.life.DifferenceStatus['DISMISSED']))), fields=('tenant', 'server', 'username', 'kind'), name='hosting_difference_once'),
        ),
        migrations.AddConstraint(
            model_name='difference',
            constraint=alicerce.kernel.isolation.TenantReference(field='server', name='hosting_difference_server_ref', to='hosting.server'),
        ),
        migrations.AddConstraint(
            model_name='difference',
            constraint=alicerce.kernel.isolation.TenantReference(field='service', name='hosting_difference_service_ref', to='hosting.service'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=alicerce.kernel.isolation.TenantKey(name='hosting_hold_key'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=alicerce.kernel.isolation.TenantWall(name='hosting_hold_wall', operator_reads=True, verbs='select, insert, update, delete'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(fields=('tenant', 'service', 'cause', 'origin'), name='hosting_hold_once'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=alicerce.kernel.isolation.TenantReference(field='service', name='hosting_hold_service_ref', to='hosting.service'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=alicerce.kernel.isolation.TenantKey(name='hosting_policy_key'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=alicerce.kernel.isolation.TenantWall(name='hosting_policy_wall', operator_reads=True, verbs='select, insert, update, delete'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.UniqueConstraint(fields=('tenant',), name='hosting_policy_per_tenant'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('days_until_removal__lte', 365)), name='hosting_policy_days'),
        ),
    ]
