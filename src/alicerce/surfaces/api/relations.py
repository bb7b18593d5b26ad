"""Related objects in place of their ids: one query per relation, however many rows there are."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from alicerce.kernel.rest.answers import Answer, Row
from alicerce.kernel.rest.problems import InsufficientScope

Fetch = Callable[[Collection[UUID]], Mapping[UUID, Row]]


@dataclass(frozen=True, slots=True)
class Relation:
    """`column` of a row names the other row; who may not read those may not have them filled in."""

    column: str
    permission: str
    fetch: Fetch


RELATIONS: Mapping[str, Relation] = {}


def fill(answer: Answer, paths: Sequence[str], *, scopes: frozenset[str]) -> None:
    """Put the related objects in place. Raises InsufficientScope."""
    for path in sorted(paths):  # `order` stands before `order.customer`
        rows: Sequence[Row] = answer.rows
        *above, name = path.split(".")
        for step in above:
            if step not in paths:
                _fill(rows, step, scopes)
            rows = [row[step] for row in rows if row.get(step)]
        _fill(rows, name, scopes)


def _fill(rows: Sequence[Row], name: str, scopes: frozenset[str]) -> None:
    relation = RELATIONS[name]
    if relation.permission not in scopes:
        raise InsufficientScope
    found = relation.fetch({row[relation.column] for row in rows if row[relation.column]})
    for row in rows:
        related = found.get(row[relation.column])
        row[name] = dict(related) if related else None
