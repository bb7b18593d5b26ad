"""The doctor's look at the database: version, roles, walls, queue."""

from collections.abc import Callable

import psycopg
from psycopg.rows import dict_row

from alicerce.project.cli.findings import Finding, fail, ok, warn
from alicerce.project.embedded.roles import ROLES

OLDEST, OLDEST_SAFE, NEWEST = 15, 150_014, 18
SLOW_QUEUE, STUCK_QUEUE = 60, 600  # seconds, of a due job or since its last sign of life
Rows = list[dict[str, object]]

ROLE_FLAGS = """
select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolinherit
from pg_roles where rolname = any(%s)
"""
OWNED = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p')
  and pg_get_userbyid(c.relowner) <> 'alicerce_owner'
"""
PLATFORM_TABLES = ("queue_dead", "tenancy_host")  # they name tenants and belong to none
TENANT_TABLES = """
select c.relname, c.relrowsecurity and c.relforcerowsecurity as forced,
    exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polpermissive) as opens,
    exists (select 1 from pg_policy p where p.polrelid = c.oid and not p.polpermissive) as walls
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
  and a.attname = case c.relname when 'tenancy_tenant' then 'id' else 'tenant_id' end
where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> all(%s)
"""
OLDEST_JOB = """
select coalesce(extract(epoch from now() - min(waits_since)), 0)::int as seconds from (
    select execute_after as waits_since from pgqueuer where status = 'queued'
    union all
    select heartbeat from pgqueuer where status = 'picked'
) as job where waits_since <= now()
"""
DEAD_LETTERS = """
select count(*) as jobs, (array_agg(name order by died_at desc))[1] as latest from queue_dead
"""


def database_findings(*, url: str) -> list[Finding]:
    """Everything the application's own sign-in can see."""
    try:
        with psycopg.connect(url, connect_timeout=5, row_factory=dict_row) as connection:
            return [
                ok("database", "answers."),
                *[_safely(look, connection) for look in LOOKS],
            ]
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        return [
            fail("database", f"does not answer: {reason}; is it running, is the URL right?")
        ]


def _safely(look: "Look", connection: "Connection") -> Finding:
    try:
        with connection.transaction():
            return look(connection)
    except psycopg.Error as error:
        name = look.__name__.removeprefix("_").replace("_", " ")
        return fail(name, f"could not be looked at: {str(error).splitlines()[0]}.")


def _server_version(connection: "Connection") -> Finding:
    number = connection.info.server_version
    shown = f"PostgreSQL {number // 10_000}.{number % 10_000}"
    if not OLDEST <= number // 10_000 <= NEWEST:
        return fail("server version", f"{shown}; use {OLDEST} to {NEWEST}.")
    if number < OLDEST_SAFE:
        return warn("server version", f"{shown} has known holes in row security; update it.")
    return ok("server version", f"{shown}.")


def _current_role(connection: "Connection") -> Finding:
    user = connection.info.user
    if user != "alicerce_app":
        return fail(
            "current role", f"DATABASE_URL signs in as {user}; it must be alicerce_app."
        )
    return ok("current role", "alicerce_app, which owns nothing.")


def _roles(connection: "Connection") -> Finding:
    found = {str(row["rolname"]): row for row in connection.execute(ROLE_FLAGS, [list(ROLES)])}
    wrong = [
        complaint for role in ROLES if (complaint := _role_complaint(role, found.get(role)))
    ]
    if wrong:
        advice = "run `alicerce migrate` with DATABASE_ADMIN_URL set"
        return fail("roles", f"{'; '.join(wrong)}; {advice}.")
    return ok("roles", f"all {len(ROLES)} exist with the rights they need and no more.")


def _role_complaint(role: str, row: dict[str, object] | None) -> str | None:
    if row is None:
        return f"{role} does not exist"
    if row["rolsuper"] or row["rolcreaterole"] or row["rolcreatedb"]:
        return f"{role} has administrative rights"
    if row["rolbypassrls"] and role != "alicerce_backup":
        return f"{role} bypasses row security"
    if row["rolinherit"] and role == "alicerce_app":
        return f"{role} inherits from its roles"
    return None


def _ownership(connection: "Connection") -> Finding:
    strangers = [str(row["relname"]) for row in connection.execute(OWNED)]
    if strangers:
        return fail("ownership", f"not owned by alicerce_owner: {_some(strangers)}.")
    return ok("ownership", "every table belongs to alicerce_owner.")


def _row_security(connection: "Connection") -> Finding:
    tables = _tenant_tables(connection)
    if not tables:
        return fail("row security", "no tenant table exists; run `alicerce migrate`.")
    open_ones = [str(row["relname"]) for row in tables if not row["forced"]]
    if open_ones:
        return fail("row security", f"not enabled and forced on {_some(open_ones)}.")
    return ok("row security", f"enabled and forced on all {len(tables)} tenant tables.")


def _tenant_tables(connection: "Connection") -> Rows:
    return connection.execute(TENANT_TABLES, [list(PLATFORM_TABLES)]).fetchall()


def _policies(connection: "Connection") -> Finding:
    tables = _tenant_tables(connection)
    lacking = [str(row["relname"]) for row in tables if not (row["opens"] and row["walls"])]
    if lacking:
        return fail(
            "policies", f"the permissive or the restrictive one lacks on {_some(lacking)}."
        )
    return ok("policies", "permissive and restrictive on every tenant table.")


def _queue(connection: "Connection") -> Finding:
    row = connection.execute(OLDEST_JOB).fetchone()
    age = int(str(row["seconds"])) if row else 0
    if age > STUCK_QUEUE:
        return fail("queue", f"the oldest due job waits for {age} s; is a worker running?")
    if age > SLOW_QUEUE:
        return warn("queue", f"the oldest due job waits for {age} s; start another worker.")
    return ok("queue", f"the oldest due job waits for {age} s.")


def _dead_letters(connection: "Connection") -> Finding:
    row = connection.execute(DEAD_LETTERS).fetchone()
    if row and row["jobs"]:
        return warn(
            "dead letters", f"{row['jobs']} jobs gave up, the last was {row['latest']}."
        )
    return ok("dead letters", "no job gave up.")


def _some(names: list[str]) -> str:
    shown = ", ".join(sorted(names)[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"  # noqa: PLR2004


Connection = psycopg.Connection[dict[str, object]]
Look = Callable[[Connection], Finding]
LOOKS: tuple[Look, ...] = (
    _server_version,
    _current_role,
    _roles,
    _ownership,
    _row_security,
    _policies,
    _queue,
    _dead_letters,
)
