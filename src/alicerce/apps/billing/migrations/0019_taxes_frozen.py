"""What the database itself refuses: taxes added to the lines of an issued invoice."""

from django.db import migrations

FREEZE = """
create function refuse_late_tax() returns trigger language plpgsql as $$
declare
    state text;
begin
    select i.status into state from billing_invoice i
    where i.tenant_id = new.tenant_id and i.id = new.invoice_id;
    if state is distinct from 'draft' then
        raise exception 'the taxes of an issued invoice do not change'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
revoke all on function refuse_late_tax() from public;
create trigger taxes_come_with_the_draft before insert on billing_invoicelinetax
    for each row execute function refuse_late_tax();
"""
THAW = """
drop trigger taxes_come_with_the_draft on billing_invoicelinetax;
drop function refuse_late_tax();
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0018_taxes_of_lines_walled")]
    operations = [migrations.RunSQL(FREEZE, THAW)]
