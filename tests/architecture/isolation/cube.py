"""Tables × roles × verbs × contexts: what happens, beside what the manifest says should."""

from dataclasses import dataclass

from alicerce.kernel.ids import uuid7
from tests.architecture.isolation.manifest import APP, OWNER, RUNTIME_ROLES
from tests.architecture.isolation.probe import (
    DENIED,
    INVALID,
    NOTHING,
    ORPHAN,
    POINTED_AT,
    THROUGH,
    Attempt,
    outcomes,
)
from tests.architecture.isolation.surroundings import NO_TENANT

VERBS = ("select", "insert", "update", "move", "delete", "truncate")
INTEGRITY = "23"


@dataclass(frozen=True)
class World:
    """Two tenants of the story, and a sample of their rows by table."""

    admin: str
    ours: str
    theirs: str
    samples: dict

    def contexts(self):
        """Own, other, none as the role's default has it, empty, garbage."""
        return {
            "own": self.ours,
            "other": self.theirs,
            "none": NO_TENANT,
            "empty": "",
            "garbage": "x",
        }


@dataclass(frozen=True)
class Cell:
    table: str
    name: str
    attempt: Attempt
    expected: frozenset[str]


@dataclass(frozen=True)
class Doer:
    role: str
    context: str
    tenant: str | None


def cells(table, world, contexts=None):
    """The cells of a table, by context, role, verb and whose row."""
    statements = {
        (verb, target): _statement(world, table, verb, target)
        for verb in VERBS
        for target in _targets(table, world, verb)
    }
    for context, tenant in (contexts or world.contexts()).items():
        for role in RUNTIME_ROLES:
            yield from _verbs(table, world, statements, Doer(role, context, tenant))
        yield from _owner(table, world, context, tenant)


def every_cell(table, world):
    """Its verbs in every context, and what its references may point at."""
    return [*cells(table, world), *references(table, world)]


def complaints(connection, found):
    """The cells that came out otherwise."""
    found = list(found)
    results = outcomes(connection, [cell.attempt for cell in found])
    return [
        f"{cell.table}: {cell.name} gave {result}, not {' or '.join(sorted(cell.expected))}"
        for cell, result in zip(found, results, strict=True)
        if not {result, _reached(result)} & cell.expected
    ]


def _reached(result):
    """A constraint that complains saw the row: no wall stopped it before."""
    return THROUGH if result.startswith(INTEGRITY) else result


def _verbs(table, world, statements, doer):
    for (verb, target), statement in statements.items():
        whose = {world.ours: " own", world.theirs: " foreign"}.get(target, "")
        yield Cell(
            table.name,
            f"{verb}{whose} as {doer.role} in context {doer.context}",
            Attempt(doer.role, doer.tenant, statement),
            expected(table, doer.role, verb, target, doer.tenant),
        )


def _targets(table, world, verb):
    if not table.tenant_column:
        return [] if verb == "move" else [None]
    if verb in {"move", "truncate"}:
        return [world.ours]
    return [world.ours, world.theirs]


def _statement(world, table, verb, target):
    sample = world.samples[table.name]
    if verb == "move":
        return sample.move(target, world.theirs)
    return getattr(sample, verb)(target)


def expected(table, role, verb, target, tenant):
    """The outcomes that keep the manifest's word: `target` is whose row, `tenant` the context."""
    meets_wall = bool(table.tenant_column) and role == APP
    is_context = tenant is None or len(tenant) == len(NO_TENANT)
    if not table.lets(role, "update" if verb == "move" else verb):
        # The planner may read the context before anybody asks for the privilege.
        return frozenset({DENIED, INVALID} if meets_wall and not is_context else {DENIED})
    if not meets_wall:
        return frozenset({THROUGH} if table.tenant_column else {THROUGH, NOTHING})
    if not is_context:
        return frozenset({INVALID})
    if tenant != target:
        return frozenset({DENIED if verb == "insert" else NOTHING})
    return frozenset({DENIED if verb == "move" else THROUGH})


def _owner(table, world, context, tenant):
    """The owner of the tables, whom only FORCE keeps out, and whom only a trigger stops."""
    sample = world.samples[table.name]
    promises = []
    if table.tenant_column:
        promises += [("select", world.ours, NOTHING), ("select", world.theirs, NOTHING)]
    if table.append_only:
        promises += [(verb, world.ours, DENIED) for verb in ("update", "delete", "truncate")]
    for verb, target, outcome in promises:
        is_pointed_at = {POINTED_AT} if verb == "truncate" else set()
        yield Cell(
            table.name,
            f"{verb} as the owner in context {context}",
            Attempt(OWNER, tenant, getattr(sample, verb)(target)),
            frozenset({outcome, *is_pointed_at}),
        )


def references(table, world):
    """A row of ours may point at ours; at theirs, as at none."""
    sample = world.samples[table.name]
    for reference in table.references:
        rows = world.samples[reference.target].rows
        ids = {
            "an own": (rows[world.ours]["id"], THROUGH),
            "a foreign": (rows[world.theirs]["id"], ORPHAN),
            "an absent": (str(uuid7()), ORPHAN),
        }
        for whose, (value, outcome) in ids.items():
            statement = sample.point(world.ours, reference.column, value)
            yield Cell(
                table.name,
                f"{reference.column} pointed at {whose} row",
                Attempt(world.admin, world.ours, statement, keys=True),
                frozenset({outcome}),
            )
