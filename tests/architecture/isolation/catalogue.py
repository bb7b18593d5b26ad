"""What PostgreSQL itself says about the tables, held against the manifest."""

from collections import defaultdict

from psycopg.rows import dict_row

from tests.architecture.isolation.manifest import (
    APP,
    AUTH,
    GLOBAL_INDEXES,
    GLOBAL_TARGETS,
    OPERATOR,
    OWNER,
)

MINE = "(tenant_id = (current_setting('app.tenant_id'::text, true))::uuid)"
UPDATE_DELETE_TRUNCATE_BEFORE_STATEMENT = 2 | 8 | 16 | 32

FACTS = {
    "relations": """
        select relname::text as table, relkind::text as kind, relowner::regrole::text as owner,
            relrowsecurity as secured, relforcerowsecurity as forced
        from pg_class
        where relnamespace = 'public'::regnamespace and relkind not in ('i', 'I', 'S', 't', 'c')
    """,
    "grants": """
        select c.relname::text as table, lower(a.privilege_type) as verb, a.is_grantable,
            case a.grantee when 0 then 'public' else a.grantee::regrole::text end as role
        from pg_class c, aclexplode(c.relacl) a
        where c.relnamespace = 'public'::regnamespace and c.relkind <> 'S'
            and a.grantee <> c.relowner
    """,
    "column_grants": """
        select c.relname::text as table, attname::text as column, lower(a.privilege_type) as verb,
            case a.grantee when 0 then 'public' else a.grantee::regrole::text end as role
        from pg_attribute join pg_class c on c.oid = attrelid, aclexplode(attacl) a
        where c.relnamespace = 'public'::regnamespace
    """,
    "policies": """
        select tablename::text as table, policyname::text as name, permissive,
            roles::text[] as roles, cmd, qual, with_check
        from pg_policies where schemaname = 'public'
    """,
    "tenant_ids": """
        select c.relname::text as table, format_type(atttypid, atttypmod) as type, attnotnull
        from pg_attribute join pg_class c on c.oid = attrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
            and attname = 'tenant_id'
    """,
    "indexes": """
        select t.relname::text as table, i.relname::text as name, x.indisprimary as is_primary,
            array(select pg_get_indexdef(i.oid, n, false)
                from generate_series(1, x.indnatts::int) n) as columns
        from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = indexrelid
        where t.relnamespace = 'public'::regnamespace
    """,
    "references": """
        select t.relname::text as table, conname::text as name, f.relname::text as target,
            confdeltype::text as on_delete, convalidated as is_valid,
            array(select attname::text from pg_attribute
                where attrelid = conrelid and attnum = any(conkey)
                order by array_position(conkey, attnum)) as columns,
            array(select attname::text from pg_attribute
                where attrelid = confrelid and attnum = any(confkey)
                order by array_position(confkey, attnum)) as target_columns
        from pg_constraint join pg_class t on t.oid = conrelid join pg_class f on f.oid = confrelid
        where contype = 'f' and t.relnamespace = 'public'::regnamespace
    """,
    "triggers": """
        select c.relname::text as table, tgname::text as name, tgenabled::text as enabled,
            tgtype as type, p.proname::text as function, tgisinternal as is_internal
        from pg_trigger join pg_class c on c.oid = tgrelid join pg_proc p on p.oid = tgfoid
        where c.relnamespace = 'public'::regnamespace
    """,
    "rules": "select tablename::text as table from pg_rules where schemaname = 'public'",
}


class Catalogue:
    """The facts, by name and table."""

    def __init__(self, connection):
        self._facts = {name: self._read(connection, query) for name, query in FACTS.items()}

    @staticmethod
    def _read(connection, query):
        rows = defaultdict(list)
        for row in connection.cursor(row_factory=dict_row).execute(query):
            rows[row["table"]].append(row)
        return rows

    def __getattr__(self, name):
        return self._facts[name]


def complaints(connection, manifest):
    """Every way in which the tables are not as declared."""
    seen = Catalogue(connection)
    found = [*_unknown(seen, manifest)]
    for table in manifest.values():
        if table.name in seen.relations:
            rules = (*EVERYWHERE, *TENANT) if table.tenant_column else EVERYWHERE
            found += [f"{table.name}: {text}" for rule in rules for text in rule(seen, table)]
    return found


def _unknown(seen, manifest):
    for name in sorted(seen.relations.keys() ^ manifest.keys()):
        yield f"{name}: " + ("unknown table" if name in seen.relations else "missing table")


def _plain_table(seen, table):
    (relation,) = seen.relations[table.name]
    if relation["kind"] != "r":
        yield f"a relation of kind {relation['kind']}, not a table"
    if relation["owner"] != OWNER:
        yield f"owned by {relation['owner']}"
    if seen.rules[table.name]:
        yield "has a rewrite rule"


def _granted(seen, table):
    wanted = {(role, verb) for role, verbs in table.grants.items() for verb in verbs}
    granted = {(grant["role"], grant["verb"]) for grant in seen.grants[table.name]}
    for role, verb in sorted(granted - wanted):
        yield f"{verb} granted to {role}"
    for role, verb in sorted(wanted - granted):
        yield f"{verb} not granted to {role}"
    if any(grant["is_grantable"] for grant in seen.grants[table.name]):
        yield "a grant may be passed on"
    columns = table.lookup.columns if table.lookup else frozenset()
    by_column = {(c["role"], c["verb"], c["column"]) for c in seen.column_grants[table.name]}
    for role, verb, column in sorted(by_column ^ {(AUTH, "select", each) for each in columns}):
        yield f"grant to {role} on a column differs: {verb} {column}"


def _enforced(seen, table):
    for trigger in seen.triggers[table.name]:
        if trigger["enabled"] == "D":
            yield f"trigger {trigger['name']} disabled"


def _walled(seen, table):
    (relation,) = seen.relations[table.name]
    if not relation["secured"]:
        yield "row security disabled"
    if not relation["forced"]:
        yield "row security not forced on the owner"
    policies = {_policy(row) for row in seen.policies[table.name]}
    for name, *policy in sorted(policies ^ _wanted_policies(table), key=str):
        yield f"policy {name} differs: {policy}"


def _policy(row):
    return (
        row["name"], row["permissive"], tuple(row["roles"]), row["cmd"], row["qual"],
        row["with_check"],
    )  # fmt: skip


def _wanted_policies(table):
    mine = MINE.replace("tenant_id", table.tenant_column, 1)
    wanted = {
        ("tenant_rows", "PERMISSIVE", (APP,), "ALL", mine, mine),
        ("tenant_wall", "RESTRICTIVE", (APP,), "ALL", mine, mine),
    }
    if table.grants[OPERATOR]:
        wanted.add(("operator_reads", "PERMISSIVE", (OPERATOR,), "SELECT", "true", None))
    if table.lookup:
        wanted.add((table.lookup.policy, "PERMISSIVE", (AUTH,), "SELECT", "true", None))
    return wanted


def _keyed(seen, table):
    columns = [] if table.is_tenant_itself else seen.tenant_ids[table.name]
    if [(c["type"], c["attnotnull"]) for c in columns] != [("uuid", True)] * len(columns) or (
        not columns and not table.is_tenant_itself
    ):
        yield "tenant_id is not a uuid that is always there"
    wanted = ["id"] if table.is_tenant_itself else ["tenant_id", "id"]
    primary = [index["columns"] for index in seen.indexes[table.name] if index["is_primary"]]
    if primary != [wanted]:
        yield f"primary key is {primary}"
    for index in seen.indexes[table.name]:
        if index["columns"][0] != table.tenant_column and index["name"] not in GLOBAL_INDEXES:
            yield f"index {index['name']} does not lead with the tenant: {index['columns']}"


def _referring(seen, table):
    found = set()
    for key in seen.references[table.name]:
        if key["on_delete"] not in {"a", "r"}:
            yield f"reference {key['name']} reaches into the other table on delete"
        if not key["is_valid"]:
            yield f"reference {key['name']} was never validated"
        if key["target"] not in GLOBAL_TARGETS:
            found.add((tuple(key["columns"]), key["target"], tuple(key["target_columns"])))
    wanted = {
        (("tenant_id", each.column), each.target, ("tenant_id", "id"))
        for each in table.references
    }
    for columns, target, _ in sorted(found ^ wanted):
        yield f"reference from {columns} to {target} is not (tenant_id, x_id), or not declared"


def _written_once(seen, table):
    wanted = [] if not table.append_only else [(table.append_only, "A")]
    found = [
        (trigger["name"], trigger["enabled"])
        for trigger in seen.triggers[table.name]
        if trigger["function"] == "refuse_change"
        and trigger["type"] == UPDATE_DELETE_TRUNCATE_BEFORE_STATEMENT
    ]
    if found != wanted:
        yield f"append-only trigger is {found}, not {wanted}"


EVERYWHERE = (_plain_table, _granted, _enforced)
TENANT = (_walled, _keyed, _referring, _written_once)
