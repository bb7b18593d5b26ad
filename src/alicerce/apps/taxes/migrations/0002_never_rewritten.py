"""What the database itself refuses: a tax that says something else than it did."""

from django.db import migrations

KEEP = """
create function refuse_other_tax() returns trigger language plpgsql as $$
begin
    if old.ends_on is not null or to_jsonb(new) - 'ends_on' is distinct from to_jsonb(old) - 'ends_on' then
        raise exception 'a tax is never rewritten'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
revoke all on function refuse_other_tax() from public;
create trigger tax_is_never_rewritten before update on taxes_taxrate
    for each row execute function refuse_other_tax();
"""
FORGET = """
drop trigger tax_is_never_rewritten on taxes_taxrate;
drop function refuse_other_tax();
"""


class Migration(migrations.Migration):
    dependencies = [("taxes", "0001_initial")]
    operations = [migrations.RunSQL(KEEP, FORGET)]
