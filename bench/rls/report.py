"""The tables: queries under row-level security, and what telling the tenant costs by itself."""

from collections.abc import Sequence
from uuid import UUID

from alicerce.apps.tenancy import public as tenancy
from bench.databases import Database
from bench.figures import microseconds, show, times
from bench.rls.cases import CASES, Query, Sights, sample
from bench.rls.measure import AS_OPERATOR, TELL, Side, compare, plan
from bench.rls.program import measure_program

P50, P95 = 0.5, 0.95
FEW = 10
HEADINGS = ("backend CPU", "of baseline", "wall p50", "wall p95", "reads by")
NEWEST = 'SELECT * FROM "billing_invoice" ORDER BY "id" DESC LIMIT 51'
ONE = 'SELECT * FROM "billing_invoice" WHERE "id" = %s'


def report(database: Database) -> None:
    sights = sample(tenancy.tenant_ids())
    _show_queries(database, sights)
    _show_telling(database, sights[0].tenant_id)
    _show_operators(database, sights)
    measure_program(sights)


def _show_queries(database: Database, sights: Sequence[Sights]) -> None:
    rows: list[tuple[str, ...]] = []
    for case in CASES:
        sides = [
            Side("plain WHERE, no policies", database.bypass, Query.with_plain_where),
            Side("row-level security", database.app),
            Side("both", database.app, Query.with_plain_where),
        ]
        queries = case.caught(sights)
        compare(sides, queries)
        rows += _rows(case.name, sides, queries[0])
    show(
        "The program's invoice queries, a transaction each (BEGIN, tell the tenant, query, "
        "untell, COMMIT)",
        ("query", "how", *HEADINGS),
        rows,
    )


def _rows(name: str, sides: Sequence[Side], query: Query) -> list[tuple[str, ...]]:
    baseline = sides[0].typical_cpu
    return [
        (
            name,
            side.name,
            microseconds(side.typical_cpu),
            times(side.typical_cpu, baseline),
            microseconds(side.wall(P50)),
            microseconds(side.wall(P95)),
            plan(side, query) if query.sql else "",
        )
        for side in sides
    ]


def _show_telling(database: Database, tenant_id: UUID) -> None:
    sides = [
        Side("BEGIN, select 1, COMMIT", database.app, before=("select 1",), after=()),
        Side("with the tenant told", database.app, before=(TELL,), after=()),
        Side("told, and untold as the program does", database.app),
    ]
    nothing = Query(tenant_id, "", ())
    compare(sides, [nothing])
    rows = _rows("an empty one", sides, nothing)
    show("What telling the tenant costs", ("transaction", "how", *HEADINGS), rows)


def _show_operators(database: Database, sights: Sequence[Sights]) -> None:
    """Operators have no tenant to start an index with."""
    own = (AS_OPERATOR,)
    rows: list[tuple[str, ...]] = []
    for name, sql in (("one invoice by id", ONE), ("the 50 newest", NEWEST)):
        queries = [Query(s.tenant_id, sql, (s.deep,) if sql == ONE else ()) for s in sights]
        sides = [
            Side("as its tenant", database.app),
            Side("as operator", database.app, before=own, after=("reset role",)),
        ]
        compare(sides, queries, turns=FEW)
        rows += _rows(name, sides, queries[0])
    show("The same table read across tenants", ("query", "how", *HEADINGS), rows)
