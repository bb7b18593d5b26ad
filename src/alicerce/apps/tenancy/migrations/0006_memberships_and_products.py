"""Two questions asked before a tenant is known, and what every company had before it was written down.

Existing companies sell hosting, and are paid for by their owner: by an account of the owner's in the
platform's own tenant. The owner of the tables is held by their walls too, so they stand aside for it.
"""

from django.db import migrations

LOOKUPS = """
create policy lookups on tenancy_role for select to alicerce_auth using (true);
create policy lookups on tenancy_invitation for select to alicerce_auth using (true);
grant select on tenancy_role, tenancy_host to alicerce_auth;
grant select (tenant_id, token_hash) on tenancy_invitation to alicerce_auth;
create index memberships_of_person on tenancy_membership (user_id);
create index invitations_by_token on tenancy_invitation (token_hash);
create function memberships_of(person uuid) returns table (
        tenant_id uuid, slug text, name text, status text, is_root boolean, role text,
        own_permissions jsonb, session_timeout_minutes smallint, suspension_reason text,
        base_url text
    )
    language sql stable security definer set search_path = '' as $$
    select t.id, t.slug, t.name, t.status, t.is_root, m.role, r.permissions,
        t.session_timeout_minutes, t.suspension_reason, coalesce((
            select h.base_url from public.tenancy_host h where h.tenant_id = t.id
            order by h.is_primary desc, h.domain limit 1
        ), '')
    from public.tenancy_membership m
    join public.tenancy_tenant t on t.id = m.tenant_id
    left join public.tenancy_role r on r.tenant_id = m.tenant_id and r.key = m.role
    where m.user_id = person
    order by t.name, t.id
$$;
create function tenant_of_invitation(hash text) returns uuid
    language sql stable security definer set search_path = '' as $$
    select tenant_id from public.tenancy_invitation where token_hash = hash
$$;
revoke all on function memberships_of(uuid), tenant_of_invitation(text) from public;
grant execute on function memberships_of(uuid), tenant_of_invitation(text) to alicerce_app;
drop function role_in_root_tenant(uuid);
grant create on schema public to alicerce_auth;
alter function memberships_of(uuid) owner to alicerce_auth;
alter function tenant_of_invitation(text) owner to alicerce_auth;
revoke create on schema public from alicerce_auth;
"""
UNDO_LOOKUPS = """
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
drop function memberships_of(uuid);
drop function tenant_of_invitation(text);
drop index memberships_of_person;
drop index invitations_by_token;
revoke all on tenancy_role, tenancy_host, tenancy_invitation from alicerce_auth;
drop policy lookups on tenancy_role;
drop policy lookups on tenancy_invitation;
"""
WALLED = (
    "tenancy_tenant",
    "tenancy_membership",
    "tenancy_productsubscription",
    "tenancy_billingaccount",
    "tenancy_paidtenant",
)


def _aside(verb: str) -> str:
    return "\n".join(f"alter table {table} {verb} row level security;" for table in WALLED)


FILL = "\n".join(
    [
        _aside("no force"),
        """
insert into tenancy_productsubscription
    (id, created_at, tenant_id, product, is_enabled, settings, limits, since)
    select gen_random_uuid(), now(), id, 'hosting', true, '{}', '{}', created_at
    from tenancy_tenant where not is_root;
with first_owner as (
    select distinct on (m.tenant_id) m.tenant_id, m.user_id, r.id as root_id
    from tenancy_membership m
    join tenancy_tenant t on t.id = m.tenant_id and not t.is_root
    join tenancy_tenant r on r.is_root
    where m.role = 'owner'
    order by m.tenant_id, m.id
), account as (
    insert into tenancy_billingaccount (id, created_at, tenant_id, owner_id, name, billing_email,
        payment_status, suspension_reason, provider_customer_id)
    select gen_random_uuid(), now(), root_id, u.id, u.name, u.email, 'pending', '', ''
    from identity_user u
    join (select distinct root_id, user_id from first_owner) o on o.user_id = u.id
    returning id, owner_id, tenant_id
)
insert into tenancy_paidtenant (id, created_at, tenant_id, account_id, paid_id, since)
    select gen_random_uuid(), now(), a.tenant_id, a.id, o.tenant_id, now()
    from first_owner o join account a on a.owner_id = o.user_id;
set constraints all immediate;
""",
        _aside("force"),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0005_people_products_payers")]
    operations = [
        migrations.RunSQL(LOOKUPS, UNDO_LOOKUPS),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
