"""Items from before say of which option they are, as their order does; periods, which items they were for.

The owner of the tables is behind their walls too, so the walls open for this one transaction.
"""

from django.db import migrations

TABLES = (
    "subscriptions_item",
    "subscriptions_billedperiod",
    "subscriptions_subscription",
    "subscriptions_change",
    "orders_line",
)
OPEN = "".join(f"alter table {table} no force row level security;\n" for table in TABLES)
CLOSE = "".join(f"alter table {table} force row level security;\n" for table in TABLES)
FILL = """
update subscriptions_item item
    set option_id = sold.option_id, choice_id = sold.choice_id
    from (
        select own.tenant_id, own.id as subscription_id,
            (part.said ->> 'option_id')::uuid as option_id,
            (part.said ->> 'choice_id')::uuid as choice_id,
            row_number() over (partition by own.id order by part.place) as position
        from subscriptions_subscription own
        join orders_line line on line.tenant_id = own.tenant_id and line.id = own.line_id
        cross join lateral jsonb_array_elements(line.items) with ordinality part (said, place)
        where part.said ->> 'kind' in ('plan', 'option')
    ) sold
    where item.tenant_id = sold.tenant_id and item.subscription_id = sold.subscription_id
        and item.position = sold.position and item.kind = 'option';
update subscriptions_billedperiod period
    set version = (
        select max(change.version) from subscriptions_change change
        where change.tenant_id = period.tenant_id
            and change.subscription_id = period.subscription_id
            and change.status in ('done', 'scheduled')
            and change.effective_on <= period.starts_on
    )
    where exists (
        select from subscriptions_change change
        where change.tenant_id = period.tenant_id
            and change.subscription_id = period.subscription_id
            and change.status in ('done', 'scheduled')
            and change.effective_on <= period.starts_on
    );
set constraints all immediate;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0008_trials"), ("subscriptions", "0007_items")]
    operations = [migrations.RunSQL(OPEN + FILL + CLOSE, migrations.RunSQL.noop)]
