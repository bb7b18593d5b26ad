"""The one question about people that is asked before a tenant is known: are they an operator?"""

from django.db import migrations

CREATE = """
create policy lookups on tenancy_membership for select to alicerce_auth using (true);
create policy lookups on tenancy_tenant for select to alicerce_auth using (true);
grant select on tenancy_membership, tenancy_tenant to alicerce_auth;
create function role_in_root_tenant(person uuid) returns text
    language sql stable security definer set search_path = '' as $$
    select m.role from public.tenancy_membership m
    join public.tenancy_tenant t on t.id = m.tenant_id
    where t.is_root and t.status = 'active' and m.user_id = person
$$;
revoke all on function role_in_root_tenant(uuid) from public;
grant execute on function role_in_root_tenant(uuid) to alicerce_app;
grant create on schema public to alicerce_auth;
alter function role_in_root_tenant(uuid) owner to alicerce_auth;
revoke create on schema public from alicerce_auth;
"""
DROP = """
drop function role_in_root_tenant(uuid);
revoke all on tenancy_membership, tenancy_tenant from alicerce_auth;
drop policy lookups on tenancy_tenant;
drop policy lookups on tenancy_membership;
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
