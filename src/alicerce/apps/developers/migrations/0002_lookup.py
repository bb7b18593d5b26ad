"""Whose a key is: the one question asked before a tenant is known."""

from django.db import migrations

CREATE = """
create policy keys on developers_apikey for select to alicerce_auth using (true);
grant select (id, tenant_id, digest) on developers_apikey to alicerce_auth;
create index api_keys_by_digest on developers_apikey (digest);
create function api_key_of(hash text) returns table (tenant_id uuid, key_id uuid)
    language sql stable security definer set search_path = '' as $$
    select k.tenant_id, k.id from public.developers_apikey k where k.digest = hash
$$;
revoke all on function api_key_of(text) from public;
grant execute on function api_key_of(text) to alicerce_app;
grant create on schema public to alicerce_auth;
alter function api_key_of(text) owner to alicerce_auth;
revoke create on schema public from alicerce_auth;
"""
DROP = """
set local role alicerce_auth;
drop function api_key_of(text);
reset role;
drop index api_keys_by_digest;
revoke select (id, tenant_id, digest) on developers_apikey from alicerce_auth;
drop policy keys on developers_apikey;
"""


class Migration(migrations.Migration):
    dependencies = [("developers", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
