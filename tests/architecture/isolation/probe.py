"""Statements tried as any role, in any context, and always undone."""

from dataclasses import dataclass

ATTEMPT = """
create or replace function pg_temp.attempt(doer text, tenant text, statement text, keys boolean)
returns text language plpgsql as $$
declare
    touched bigint;
begin
    if keys then
        set constraints all immediate;
    else
        set local session_replication_role = replica;
    end if;
    if tenant is not null then
        perform set_config('app.tenant_id', tenant, true);
    end if;
    execute format('set local role %I', doer);
    execute statement;
    get diagnostics touched = row_count;
    raise exception using errcode = 'UNDO0', message = touched;
exception
    when sqlstate 'UNDO0' then return case sqlerrm when '0' then 'nothing' else 'through' end;
    when others then return sqlstate;
end $$
"""
RUN = """
select pg_temp.attempt(doer, tenant, statement, keys)
from unnest(%s::text[], %s::text[], %s::text[], %s::boolean[])
    with ordinality as a(doer, tenant, statement, keys, n)
order by n
"""
DENIED, INVALID, ORPHAN, POINTED_AT = "42501", "22P02", "23503", "0A000"
THROUGH, NOTHING = "through", "nothing"


@dataclass(frozen=True)
class Attempt:
    """Row security is tried alone; with `keys`, what foreign keys say counts too."""

    role: str
    tenant: str | None
    statement: str
    keys: bool = False


def outcomes(connection, attempts):
    """`through`, `nothing` (no row was touched) or the error's code, for each attempt."""
    connection.execute(ATTEMPT)
    columns = (
        [attempt.role for attempt in attempts],
        [attempt.tenant for attempt in attempts],
        [attempt.statement for attempt in attempts],
        [attempt.keys for attempt in attempts],
    )
    return [outcome for (outcome,) in connection.execute(RUN, columns).fetchall()]
