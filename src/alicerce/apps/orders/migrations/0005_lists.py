"""Orders are listed by state, payment, customer and day, and found by domain. Built beside the running system: no transaction."""

import django.db.models.fields.json
import django.db.models.functions.comparison
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("orders", "0004_paid_by")]

    operations = [
        AddIndexConcurrently(
            model_name='line',
            index=models.Index(models.F('tenant'), django.db.models.functions.comparison.Collate(django.db.models.fields.json.KeyTextTransform('domain', 'spec'), 'C'), name='lines_by_domain'),
        ),
        AddIndexConcurrently(
            model_name='order',
            index=models.Index(fields=['tenant', 'status', '-id'], name='orders_by_status'),
        ),
        AddIndexConcurrently(
            model_name='order',
            index=models.Index(fields=['tenant', 'paid_by', '-id'], name='orders_by_payment'),
        ),
        AddIndexConcurrently(
            model_name='order',
            index=models.Index(fields=['tenant', 'customer', '-id'], name='orders_of_customer'),
        ),
        AddIndexConcurrently(
            model_name='order',
            index=models.Index(fields=['tenant', 'placed_at'], name='orders_by_day'),
        ),
        AddIndexConcurrently(
            model_name='order',
            index=models.Index(condition=models.Q(('status', 'awaiting_payment')), fields=['tenant', 'placed_at'], name='orders_unpaid_since'),
        ),
        migrations.RunSQL("drop index concurrently if exists orders_order_customer_ref_ix", migrations.RunSQL.noop),
    ]
