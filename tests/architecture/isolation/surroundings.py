"""What the tables stand in, held against what was decided: roles, schema, functions, sequences."""

from collections import defaultdict
from collections.abc import Iterator

from psycopg.rows import dict_row

from tests.architecture.isolation.manifest import (
    APP,
    AUTH,
    BACKUP,
    DEFINERS,
    OPERATOR,
    OWNER,
    RUNTIME_ROLES,
)

NO_TENANT = "00000000-0000-0000-0000-000000000000"
OURS = [OWNER, *RUNTIME_ROLES]

# login, inherit, bypassrls; none is superuser, makes databases or roles, or replicates.
FLAGS = {
    OWNER: (True, True, False),
    APP: (True, False, False),
    OPERATOR: (False, False, False),
    AUTH: (False, False, False),
    BACKUP: (True, False, True),
}
MEMBERS = {(APP, OPERATOR, False), (OWNER, AUTH, False)}  # who, of what, inherits it
DEFAULTS = {(APP, f"app.tenant_id={NO_TENANT}"), (BACKUP, "default_transaction_read_only=on")}

ROLES = """
    select rolname::text as role, rolcanlogin, rolinherit, rolbypassrls,
        rolsuper or rolcreatedb or rolcreaterole or rolreplication as mighty
    from pg_roles where rolname = any(%s)
"""
MEMBERSHIPS = """
    select member::regrole::text as who, roleid::regrole::text as of, inherit_option as inherits
    from pg_auth_members where member::regrole::text = any(%s) or roleid::regrole::text = any(%s)
"""
SETTINGS = """
    select setrole::regrole::text as role, setdatabase, unnest(setconfig) as setting
    from pg_db_role_setting where setrole <> 0
"""
DATABASE = """
    select case a.grantee when 0 then 'public' else a.grantee::regrole::text end as role,
        lower(a.privilege_type) as verb
    from pg_database d, aclexplode(coalesce(datacl, acldefault('d', datdba))) a
    where datname = %s and a.grantee <> datdba
"""
SCHEMAS = """
    select nspname::text as schema, nspowner::regrole::text as owner,
        case a.grantee when 0 then 'public' else a.grantee::regrole::text end as role,
        lower(a.privilege_type) as verb
    from pg_namespace n, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) a
    where nspname !~ '^(pg_|information_schema$)' and a.grantee <> nspowner
"""
FUNCTIONS = """
    select proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name,
        proowner::regrole::text as owner, prosecdef as is_definer, proconfig as settings,
        prorettype = 'trigger'::regtype as is_trigger,
        array(select case a.grantee when 0 then 'public' else a.grantee::regrole::text end
            from aclexplode(coalesce(proacl, acldefault('f', proowner))) a
            where a.grantee <> proowner) as callers
    from pg_proc p where pronamespace = 'public'::regnamespace
"""
SEQUENCES = """
    select s.relname::text as name, t.relname::text as table,
        coalesce(a.grantee::regrole::text, '') as role, lower(a.privilege_type) as verb
    from pg_class s
    left join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass
        and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
    left join pg_class t on t.oid = d.refobjid
    left join lateral aclexplode(s.relacl) a on a.grantee <> s.relowner
    where s.relkind = 'S' and s.relnamespace = 'public'::regnamespace
"""
NEXT_TABLES = """
    select a.grantee::regrole::text as role, lower(a.privilege_type) as verb, defaclobjtype as kind
    from pg_default_acl, aclexplode(defaclacl) a where a.grantee <> defaclrole
"""


def complaints(connection, manifest):
    """Every way in which the surroundings are not as decided."""
    database = connection.info.dbname
    found = [*_roles(connection), *_memberships(connection), *_settings(connection)]
    found += [*database_complaints(connection, database), *_schemas(connection)]
    found += [*_functions(connection), *_sequences(connection, manifest)]
    return [*found, *_next_tables(connection)]


def _ask(connection, query, *values):
    return connection.cursor(row_factory=dict_row).execute(query, values).fetchall()


def _roles(connection) -> Iterator[str]:
    for row in _ask(connection, ROLES, OURS):
        if (row["rolcanlogin"], row["rolinherit"], row["rolbypassrls"]) != FLAGS[row["role"]]:
            yield f"{row['role']}: flags differ"
        if row["mighty"]:
            yield f"{row['role']}: may administer the server"


def _memberships(connection) -> Iterator[str]:
    rows = _ask(connection, MEMBERSHIPS, OURS, OURS)
    found = {(row["who"], row["of"], row["inherits"]) for row in rows}
    for who, of, _ in sorted(found ^ MEMBERS):
        yield f"{who}: membership of {of} differs"


def _settings(connection) -> Iterator[str]:
    found = {(row["role"], row["setting"]) for row in _ask(connection, SETTINGS)}
    for role, setting in sorted(DEFAULTS - found):
        yield f"{role}: {setting} is not its default"
    if any(row["setdatabase"] for row in _ask(connection, SETTINGS)):
        yield "a role has other defaults in one database"


def database_complaints(connection, name) -> Iterator[str]:
    """Nobody but the owner makes schemas or temporary tables."""
    for row in _ask(connection, DATABASE, name):
        if row["verb"] != "connect" and row["role"] != OWNER:
            yield f"database: {row['verb']} granted to {row['role']}"
        if row["role"] == "public":
            yield "database: open to everyone"


def _schemas(connection) -> Iterator[str]:
    for row in _ask(connection, SCHEMAS):
        if row["schema"] != "public" or row["owner"] != OWNER:
            yield f"schema {row['schema']} of {row['owner']}"
        if row["verb"] != "usage" or row["role"] not in RUNTIME_ROLES:
            yield f"schema: {row['verb']} granted to {row['role']}"


def _functions(connection) -> Iterator[str]:
    rows = {row["name"]: row for row in _ask(connection, FUNCTIONS)}
    for name in sorted(DEFINERS.keys() - rows.keys()):
        yield f"{name}: missing function"
    for name, row in sorted(rows.items()):
        rule = _definer if row["is_definer"] else _invoker
        yield from (f"{name}: {text}" for text in rule(name, row))


def _definer(name, row):
    if name not in DEFINERS:
        yield "unlisted function with its owner's rights"
    if row["owner"] != AUTH:
        yield f"runs with the rights of {row['owner']}"
    if row["settings"] != ['search_path=""']:
        yield "believes the caller's search_path"
    if set(row["callers"]) != DEFINERS.get(name, set()):
        yield f"callable by {sorted(row['callers'])}"


def _invoker(name, row):
    if row["owner"] != OWNER:
        yield f"owned by {row['owner']}"
    if "public" in row["callers"] and not row["is_trigger"]:
        yield "callable by everyone"


def _sequences(connection, manifest) -> Iterator[str]:
    granted = defaultdict(set)
    for row in _ask(connection, SEQUENCES):
        granted[row["name"], row["table"]].add((row["role"], row["verb"]))
    for (name, table), grants in sorted(granted.items(), key=str):
        owner = manifest.get(table)
        if owner is None or owner.tenant_column:
            yield f"{name}: a sequence that counts for all tenants"
        inserts = bool(owner) and "insert" in owner.grants[APP]
        allowed = {(BACKUP, "select"), *([(APP, "usage")] if inserts else [])}
        for role, verb in sorted(grants - allowed - {("", None)}):
            yield f"{name}: {verb} granted to {role}"


def _next_tables(connection) -> Iterator[str]:
    for row in _ask(connection, NEXT_TABLES):
        if (row["role"], row["verb"]) != (BACKUP, "select"):
            yield f"tables to come: {row['verb']} granted to {row['role']}"
