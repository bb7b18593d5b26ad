"""What is asked before a tenant is known: whose an app, a code and a token are. And where an app is."""

from django.db import migrations

CREATE = """
create policy faces on marketplace_application for select to alicerce_auth using (true);
create policy codes on marketplace_grant for select to alicerce_auth using (true);
create policy tokens on marketplace_token for select to alicerce_auth using (true);
create policy places on marketplace_installation for select to alicerce_auth using (true);
grant select (id, tenant_id) on marketplace_application to alicerce_auth;
grant select (id, tenant_id, digest) on marketplace_grant, marketplace_token to alicerce_auth;
grant select (tenant_id, application_id, uninstalled_at) on marketplace_installation
    to alicerce_auth;
create index applications_by_id on marketplace_application (id);
create index grants_by_code on marketplace_grant (digest) where digest <> '';
create index app_tokens_by_digest on marketplace_token (digest);
create index installations_of_app on marketplace_installation (application_id)
    where uninstalled_at is null;
create function publisher_of(app uuid) returns uuid
    language sql stable security definer set search_path = '' as $$
    select tenant_id from public.marketplace_application where id = app
$$;
create function grant_of_code(hash text) returns table (tenant_id uuid, grant_id uuid)
    language sql stable security definer set search_path = '' as $$
    select g.tenant_id, g.id from public.marketplace_grant g
    where g.digest = hash and g.digest <> ''
$$;
create function app_token_of(hash text) returns table (tenant_id uuid, token_id uuid)
    language sql stable security definer set search_path = '' as $$
    select t.tenant_id, t.id from public.marketplace_token t where t.digest = hash
$$;
create function companies_with_app(app uuid) returns table (tenant_id uuid)
    language sql stable security definer set search_path = '' as $$
    select i.tenant_id from public.marketplace_installation i
    where i.application_id = app and i.uninstalled_at is null
$$;
revoke all on function publisher_of(uuid), grant_of_code(text), app_token_of(text),
    companies_with_app(uuid) from public;
grant execute on function publisher_of(uuid), grant_of_code(text), app_token_of(text),
    companies_with_app(uuid) to alicerce_app;
grant create on schema public to alicerce_auth;
alter function publisher_of(uuid) owner to alicerce_auth;
alter function grant_of_code(text) owner to alicerce_auth;
alter function app_token_of(text) owner to alicerce_auth;
alter function companies_with_app(uuid) owner to alicerce_auth;
revoke create on schema public from alicerce_auth;
"""
DROP = """
set local role alicerce_auth;
drop function publisher_of(uuid);
drop function grant_of_code(text);
drop function app_token_of(text);
drop function companies_with_app(uuid);
reset role;
drop index applications_by_id, grants_by_code, app_tokens_by_digest, installations_of_app;
revoke select (id, tenant_id) on marketplace_application from alicerce_auth;
revoke select (id, tenant_id, digest) on marketplace_grant, marketplace_token from alicerce_auth;
revoke select (tenant_id, application_id, uninstalled_at) on marketplace_installation
    from alicerce_auth;
drop policy faces on marketplace_application;
drop policy codes on marketplace_grant;
drop policy tokens on marketplace_token;
drop policy places on marketplace_installation;
"""


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
