"""Walls with one hole each, to see whether the proof finds it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.architecture.isolation.manifest import READ, Table

MINE = "tenant_id = current_setting('app.tenant_id', true)::uuid"


@dataclass(frozen=True)
class Mutation:
    """One way to break a table, what the catalogue then says, and whether the cube sees it too."""

    sql: str
    says: str
    leaks: bool = False
    fits: Callable[[Table], bool] = lambda table: True

    def statement(self, table, database):
        reference = table.references[0] if table.references else None
        return self.sql.format(
            database=database,
            t=table.name,
            tenant=table.tenant_column,
            mine=MINE.replace("tenant_id", table.tenant_column or "", 1),
            ref=f"{table.name}_{reference.column.removesuffix('_id')}_ref" if reference else "",
            column=reference.column if reference else "",
            target=reference.target if reference else "",
            trigger=table.append_only,
        )


def walled(table):
    return bool(table.tenant_column)


def inside(table):
    """A table of a tenant's rows, not of the tenants themselves."""
    return table.tenant_column == "tenant_id"


def referring(table):
    return bool(table.references)


def operated(table):
    return walled(table) and bool(table.grants["alicerce_operator"])


def secret(table):
    """Kept from operators and lookups."""
    return walled(table) and not operated(table) and not table.lookup


def append_only(table):
    return bool(table.append_only)


def writable(table):
    return walled(table) and "update" in table.grants["alicerce_app"]


def read_only(table):
    return not table.tenant_column and table.grants["alicerce_app"] <= READ


ON_TABLES = (
    Mutation("drop policy tenant_rows on {t}", "policy tenant_rows", True, walled),
    Mutation("drop policy tenant_wall on {t}", "policy tenant_wall", fits=walled),
    Mutation("alter table {t} disable row level security", "disabled", True, walled),
    Mutation("alter table {t} no force row level security", "not forced", True, walled),
    Mutation(
        "create policy wide on {t} to alicerce_app using (true)", "policy wide", fits=walled
    ),
    Mutation(
        "drop policy tenant_wall on {t};"
        "create policy wide on {t} to alicerce_app using (true) with check (true)",
        "policy wide",
        True,
        walled,
    ),
    Mutation("alter policy tenant_wall on {t} using (true)", "policy tenant_wall", fits=walled),
    Mutation(
        "alter policy tenant_rows on {t} with check (true);"
        "alter policy tenant_wall on {t} with check (true)",
        "policy tenant_rows",
        True,
        walled,
    ),
    Mutation(
        "alter policy tenant_rows on {t} using ((select {mine}))",
        "policy tenant_rows",
        fits=walled,
    ),
    Mutation("alter policy tenant_rows on {t} to public", "policy tenant_rows", fits=walled),
    Mutation(
        "grant truncate on {t} to alicerce_app",
        "truncate granted",
        True,
        fits=lambda table: not append_only(table),  # there a trigger refuses it all the same
    ),
    Mutation("grant all on {t} to public", "granted to public", True),
    Mutation("grant references on {t} to alicerce_app", "references granted"),
    Mutation("grant trigger on {t} to alicerce_app", "trigger granted"),
    Mutation("grant select on {t} to alicerce_app with grant option", "passed on"),
    Mutation(
        "grant update, delete on {t} to alicerce_operator",
        "to alicerce_operator",
        True,
        lambda table: bool(table.grants["alicerce_operator"]) and not table.append_only,
    ),
    Mutation("grant insert on {t} to alicerce_backup", "to alicerce_backup", True),
    Mutation("revoke select on {t} from alicerce_backup", "to alicerce_backup", True),
    Mutation("grant select on {t} to alicerce_auth", "to alicerce_auth", True, secret),
    Mutation(
        "create policy operator_reads on {t} for select to alicerce_operator using (true);"
        "grant select on {t} to alicerce_operator",
        "policy operator_reads",
        True,
        secret,
    ),
    Mutation("drop policy operator_reads on {t}", "policy operator_reads", True, operated),
    Mutation(
        "alter policy operator_reads on {t} to alicerce_operator, alicerce_app",
        "policy operator_reads",
        fits=operated,
    ),
    Mutation(
        "create policy operator_writes on {t} for update to alicerce_operator using (true)",
        "policy operator_writes",
        fits=operated,
    ),
    Mutation("grant insert on {t} to alicerce_app", "insert granted", True, read_only),
    Mutation("grant select ({tenant}) on {t} to alicerce_auth", "column", True, secret),
    Mutation("alter table {t} owner to alicerce_app", "owned by", True, walled),
    Mutation("create rule r as on delete to {t} do also nothing", "rewrite rule", fits=walled),
    Mutation("create index i on {t} (id)", "does not lead", fits=inside),
    Mutation("create unique index i on {t} (created_at, id)", "does not lead", fits=inside),
    Mutation("create unique index i on {t} ((id::text))", "does not lead", fits=inside),
    Mutation(
        "alter table {t} drop constraint {t}_key cascade; alter table {t} add primary key (id)",
        "primary key is",
        fits=inside,
    ),
    Mutation(
        "alter table {t} drop constraint {t}_key cascade;"
        "alter table {t} alter tenant_id drop not null",
        "not a uuid that is always there",
        fits=inside,
    ),
    Mutation("alter table {t} drop constraint {ref}", "not (tenant_id, x_id)", True, referring),
    Mutation(
        "alter table {t} drop constraint {ref};"
        "alter table {target} add constraint u unique (id);"
        "alter table {t} add constraint r foreign key ({column}) references {target} (id)",
        "not (tenant_id, x_id)",
        True,
        referring,
    ),
    Mutation(
        "alter table {t} drop constraint {ref};"
        "alter table {t} add constraint r foreign key (tenant_id, {column})"
        " references {target} (tenant_id, id) on delete cascade",
        "reaches into",
        fits=referring,
    ),
    Mutation(
        "alter table {t} drop constraint {ref};"
        "alter table {t} add constraint r foreign key (tenant_id, {column})"
        " references {target} (tenant_id, id) not valid",
        "never validated",
        fits=referring,
    ),
    Mutation("alter table {t} disable trigger all", "disabled", True, referring),
    Mutation("drop trigger {trigger} on {t}", "append-only", True, append_only),
    Mutation("alter table {t} disable trigger {trigger}", "append-only", True, append_only),
    Mutation("alter table {t} enable trigger {trigger}", "append-only", fits=append_only),
    Mutation("grant update, delete on {t} to alicerce_app", "update granted", fits=append_only),
    Mutation("revoke update on {t} from alicerce_app", "update not granted", True, writable),
)

# Around the tables. {t} is any table of a tenant, there to show the leak.
AROUND = (
    Mutation("alter role alicerce_app bypassrls", "alicerce_app: flags", True),
    Mutation("alter role alicerce_app superuser", "administer", True),
    Mutation("alter role alicerce_operator login", "alicerce_operator: flags"),
    Mutation("alter role alicerce_operator bypassrls", "alicerce_operator: flags"),
    Mutation("alter role alicerce_owner bypassrls", "alicerce_owner: flags", True),
    Mutation("alter role alicerce_app createrole", "administer"),
    Mutation("alter role alicerce_app reset app.tenant_id", "not its default"),
    Mutation("grant alicerce_owner to alicerce_app", "membership of alicerce_owner"),
    Mutation("grant alicerce_auth to alicerce_app", "membership of alicerce_auth"),
    Mutation("grant alicerce_backup to alicerce_app", "membership of alicerce_backup"),
    Mutation("grant pg_read_all_data to alicerce_app", "membership of pg_read_all_data"),
    Mutation("grant alicerce_owner to alicerce_operator", "membership of alicerce_owner"),
    Mutation("grant create on schema public to alicerce_app", "create granted to alicerce_app"),
    Mutation("grant create on schema public to public", "create granted to public"),
    Mutation("grant usage on schema public to public", "usage granted to public"),
    Mutation("create schema side; grant usage on schema side to alicerce_app", "schema side"),
    Mutation("grant temporary on database {database} to alicerce_app", "temporary granted"),
    Mutation("grant create on database {database} to public", "open to everyone"),
    Mutation(
        "alter default privileges for role alicerce_owner in schema public"
        " grant select on tables to alicerce_app",
        "tables to come",
    ),
    Mutation("grant select on sequence pgqueuer_id_seq to alicerce_app", "select granted"),
    Mutation("create sequence orders_seen", "counts for all tenants"),
    Mutation("grant execute on function memberships_of(uuid) to public", "callable by"),
    Mutation(
        "grant execute on function gateway_account_of(text) to alicerce_backup", "callable by"
    ),
    Mutation("alter function memberships_of(uuid) reset search_path", "caller's search_path"),
    Mutation(
        "alter function memberships_of(uuid) owner to alicerce_owner",
        "with the rights of alicerce_owner",
    ),
    Mutation("alter function refuse_change() owner to alicerce_app", "owned by alicerce_app"),
    Mutation("alter function refuse_change() security definer", "unlisted function"),
    Mutation(
        "create function peek() returns bigint language sql security definer"
        " as 'select count(*) from public.{t}'",
        "unlisted function",
    ),
    Mutation("create table stranger (id int)", "unknown table"),
    Mutation("create view window_on as select * from {t}", "unknown table"),
    Mutation("create materialized view copy_of as select * from {t}", "unknown table"),
    Mutation("drop table {t} cascade", "missing table"),
)
