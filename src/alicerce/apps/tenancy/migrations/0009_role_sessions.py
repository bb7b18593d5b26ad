"""Roles say how long sessions last; a row of a shipped role may do without permissions of its own."""

from django.db import migrations, models

FUNCTION = """
create function memberships_of(person uuid) returns table (
        tenant_id uuid, slug text, name text, status text, is_root boolean, role text,
        own_permissions jsonb, session_timeout_minutes smallint, suspension_reason text,
        base_url text{more_columns}
    )
    language sql stable security definer set search_path = '' as $$
    select t.id, t.slug, t.name, t.status, t.is_root, m.role, r.permissions,
        t.session_timeout_minutes, t.suspension_reason, coalesce((
            select h.base_url from public.tenancy_host h where h.tenant_id = t.id
            order by h.is_primary desc, h.domain limit 1
        ), ''){more_values}
    from public.tenancy_membership m
    join public.tenancy_tenant t on t.id = m.tenant_id
    left join public.tenancy_role r on r.tenant_id = m.tenant_id and r.key = m.role
    where m.user_id = person
    order by t.name, t.id
$$;
revoke all on function memberships_of(uuid) from public;
grant execute on function memberships_of(uuid) to alicerce_app;
grant create on schema public to alicerce_auth;
alter function memberships_of(uuid) owner to alicerce_auth;
revoke create on schema public from alicerce_auth;
"""
DROP = "drop function memberships_of(uuid);"
AFTER = DROP + FUNCTION.format(
    more_columns=", idle_minutes integer, absolute_minutes integer",
    more_values=", r.idle_minutes, r.absolute_minutes",
)
BEFORE = DROP + FUNCTION.format(more_columns="", more_values="")


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0008_product_ends")]
    operations = [
        migrations.AddField("role", "idle_minutes", models.PositiveIntegerField(null=True)),
        migrations.AddField("role", "absolute_minutes", models.PositiveIntegerField(null=True)),
        migrations.AlterField("role", "permissions", models.JSONField(default=None, null=True)),
        migrations.AddConstraint(
            "role",
            models.CheckConstraint(
                condition=models.Q(
                    ("idle_minutes__isnull", True),
                    ("idle_minutes__range", (5, 1440)),
                    _connector="OR",
                ),
                name="role_idle_in_reason",
            ),
        ),
        migrations.AddConstraint(
            "role",
            models.CheckConstraint(
                condition=models.Q(
                    ("absolute_minutes__isnull", True),
                    ("absolute_minutes__range", (15, 43200)),
                    _connector="OR",
                ),
                name="role_absolute_in_reason",
            ),
        ),
        migrations.RunSQL(AFTER, BEFORE),
    ]
