"""The lines of an issued invoice do not change, but for their words, once no law wants them any more."""

from django.db import migrations

ALLOW = """
create or replace function refuse_line_change() returns trigger language plpgsql as $$
declare
    line record := case when tg_op = 'DELETE' then old else new end;
    state text;
begin
    if tg_op = 'UPDATE' and new.description = ''
        and to_jsonb(new) - 'description' = to_jsonb(old) - 'description'
    then
        return new;
    end if;
    select i.status into state from billing_invoice i
    where i.tenant_id = line.tenant_id and i.id = line.invoice_id;
    if tg_op = 'UPDATE' or state is distinct from 'draft' then
        raise exception 'the lines of an issued invoice do not change'
            using errcode = 'integrity_constraint_violation';
    end if;
    return line;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_customer_moved")]
    operations = [migrations.RunSQL(ALLOW, migrations.RunSQL.noop)]
