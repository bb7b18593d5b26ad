"""Services are listed by state, customer, plan and server, and found by name. Built beside the running system: no transaction."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('customers', '0005_exchange'),
        ('hosting', '0005_indexes_led_by_others'),
        ('tenancy', '0007_lets_operators_in'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='service',
            index=models.Index(fields=['tenant', 'status', '-id'], name='hosting_services_by_status'),
        ),
        AddIndexConcurrently(
            model_name='service',
            index=models.Index(fields=['tenant', 'customer', '-id'], name='hosting_services_of'),
        ),
        AddIndexConcurrently(
            model_name='service',
            index=models.Index(fields=['tenant', 'plan_name', '-id'], name='hosting_services_by_plan'),
        ),
        AddIndexConcurrently(
            model_name='service',
            index=models.Index(fields=['tenant', 'server', '-id'], name='hosting_services_on'),
        ),
        AddIndexConcurrently(
            model_name='service',
            index=models.Index(fields=['tenant', 'domain'], name='hosting_services_by_domain', opclasses=['uuid_ops', 'varchar_pattern_ops']),
        ),
        AddIndexConcurrently(
            model_name='service',
            index=models.Index(fields=['tenant', 'username'], name='hosting_services_by_username', opclasses=['uuid_ops', 'varchar_pattern_ops']),
        ),
        migrations.RunSQL("drop index concurrently if exists hosting_service_customer_ref_ix", migrations.RunSQL.noop),
        migrations.RunSQL("drop index concurrently if exists hosting_service_server_ref_ix", migrations.RunSQL.noop),
    ]
