"""What every table stands on: the trigger that refuses change, and the queue."""

from django.db import migrations

from alicerce.kernel.queue_schema import install_sql, uninstall_sql

REFUSE_CHANGE = """
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are written once and never changed', tg_table_name
        using errcode = 'insufficient_privilege';
end $$;
revoke all on function refuse_change() from public;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(REFUSE_CHANGE, "drop function refuse_change()"),
        migrations.RunSQL(install_sql(), uninstall_sql()),
    ]
