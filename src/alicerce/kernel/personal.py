"""What is known of people, declared where it is kept: whose it is, and what becomes of it when they go.

A model carries an `Inventory`; an app shows its models to others as `PersonalRecords`, through its
public door. Nobody has to know a table to read out or to erase what is in it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.db.models.lookups import Contains, GreaterThan
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Matching = str | Callable[[Collection[str]], Q]


@dataclass(frozen=True, eq=False)
class Law:
    """Why something is kept for a time although somebody wants it erased."""

    words: Words


FISCAL = Law(_("obrigação fiscal e de escrituração (LGPD, art. 16, I; CTN, art. 173)"))
CONTRACT = Law(
    _("prova do contrato e defesa de direitos (LGPD, art. 7º, VI e art. 16, I; CDC, art. 27)")
)
ERASED = "apagado"
SHORTEST_NAME = 8


class Subject(NamedTuple):
    """Somebody, or a thing of theirs by which more is found: `customer:<id>`, `email:<address>`."""

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


Subjects = Collection[Subject]


def mentioned_in(column: str) -> Callable[[Collection[str]], Q]:
    """Rows in whose bytes one of the values stands. A short one stands anywhere, and is no name."""

    def matching(values: Collection[str]) -> Q:
        names = (value for value in values if len(value) >= SHORTEST_NAME)
        return reduce(
            or_, (Q(GreaterThan(_place_of(name, column), 0)) for name in names), Q(pk__in=[])
        )

    return matching


def written_in(column: str) -> Callable[[Collection[str]], Q]:
    """The same, where the column is of text or JSON."""

    def matching(values: Collection[str]) -> Q:
        names = (value for value in values if len(value) >= SHORTEST_NAME)
        written = Cast(F(column), models.TextField())
        return reduce(or_, (Q(Contains(written, Value(name))) for name in names), Q(pk__in=[]))

    return matching


def _place_of(value: str, column: str) -> Func:
    needle = Value(value.encode(), output_field=models.BinaryField())
    return Func(
        needle,
        F(column),
        template="position(%(expressions)s)",
        arg_joiner=" in ",
        output_field=models.IntegerField(),
    )


def alias(row: models.Model) -> str:
    """A value that says nothing and is unique, where a column must stay unique."""
    return f"{ERASED}-{row.pk}"


def address_alias(row: models.Model) -> str:
    return f"{alias(row)}@invalid"


@dataclass(frozen=True)
class Inventory:
    """What the rows of one table say of people. Every column of text is named once.

    `of` finds a subject's rows; `names` are the further subjects they lead to. `erase` are columns that
    are emptied, or become what is given; `keep` those that a law keeps for a time, by its reason; `plain`
    those that say nothing of anybody. With `deletes` the whole row goes.
    """

    about: Words = ""
    of: Mapping[str, Matching] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    erase: str = ""
    keep: Mapping[Law, str] = field(default_factory=dict)
    plain: str = ""
    instead: Mapping[str, Any] = field(default_factory=dict)
    hidden: str = ""
    deletes: bool = False

    @property
    def erased(self) -> list[str]:
        return self.erase.split()

    @property
    def kept(self) -> dict[str, Law]:
        return {column: why for why, text in self.keep.items() for column in text.split()}

    @property
    def changes(self) -> bool:
        """Whether anything is ever erased: what is written once cannot even be locked."""
        return bool(self.erase or self.keep or self.instead or self.deletes)

    def classified(self) -> list[str]:
        return [*self.erased, *self.kept, *self.plain.split()]


@dataclass(frozen=True, slots=True)
class Told:
    """Rows of one table, as they are handed out to whom they are about."""

    name: str
    about: Words
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What would become of a subject's rows in one table."""

    about: Words
    rows: int
    deletes: bool
    changes: bool
    keeps: tuple[Law, ...]


def inventory_of(model: type[models.Model]) -> Inventory | None:
    found: Inventory | None = getattr(model, "inventory", None)
    return found


class PersonalRecords:
    """What an app keeps of people: to be found, told and forgotten as others ask. One transaction is theirs."""

    def __init__(self, *kept: type[models.Model]) -> None:
        self.kept = {model: model.inventory for model in kept}  # type: ignore[attr-defined]

    def subjects_of(self, subjects: Subjects) -> set[Subject]:
        """Whom and what the rows about these lead to."""
        return {
            Subject(kind, str(value))
            for model, inventory in self.kept.items()
            for kind, column in inventory.names.items()
            for value in _rows(model, inventory, subjects).values_list(column, flat=True)
            if value
        }

    def told_of(self, subjects: Subjects) -> list[Told]:
        found = (
            self._tell(model, inventory, subjects) for model, inventory in self.kept.items()
        )
        return [told for told in found if told.rows]

    def fate_of(self, subjects: Subjects) -> list[Fate]:
        found = [
            Fate(
                inventory.about,
                _rows(model, inventory, subjects).count(),
                inventory.deletes,
                inventory.changes,
                tuple(inventory.keep),
            )
            for model, inventory in self.kept.items()
        ]
        return [fate for fate in found if fate.rows]

    def forget(self, subjects: Subjects, *, keeping: bool) -> int:
        """Erase what is said of these; what a law keeps stays while `keeping`. How many rows that was."""
        found = [
            (inventory, list(_held(_rows(model, inventory, subjects), inventory)))
            for model, inventory in self.kept.items()
            if inventory.changes
        ]
        return sum(
            _forget(row, inventory, keeping=keeping)
            for inventory, rows in reversed(found)
            for row in rows
        )

    @staticmethod
    def _tell(model: type[models.Model], inventory: Inventory, subjects: Subjects) -> Told:
        columns = list(_tellable(model, inventory))
        rows = _rows(model, inventory, subjects).order_by("pk").values(*columns)
        return Told(model._meta.label_lower, inventory.about, tuple(rows))


def _rows(model: type[models.Model], inventory: Inventory, subjects: Subjects) -> Any:
    wanted, rows = Q(pk__in=[]), model._default_manager.all()
    for kind, matching in inventory.of.items():
        if values := [subject.value for subject in subjects if subject.kind == kind]:
            wanted |= (
                matching(values) if callable(matching) else Q(**{f"{matching}__in": values})
            )
    return rows.filter(wanted)


def _held(rows: Any, inventory: Inventory) -> Any:
    """Kept from others while they change; what is deleted needs no more than to be there."""
    return rows if inventory.deletes else rows.select_for_update(of=("self",))


def _tellable(model: type[models.Model], inventory: Inventory) -> Iterator[str]:
    """Everything but secrets, keys to other tables and whose the row is."""
    for column in model._meta.concrete_fields:
        told = not isinstance(column, (models.BinaryField, models.ForeignKey))
        if told and column.name not in inventory.hidden.split():
            yield column.name


def _forget(row: models.Model, inventory: Inventory, *, keeping: bool) -> int:
    if inventory.deletes:
        row.delete()
        return 1
    columns = inventory.erased + ([] if keeping else list(inventory.kept))
    columns += [column for column in inventory.instead if column not in inventory.kept]
    changed = [column for column in dict.fromkeys(columns) if _empty(row, inventory, column)]
    if changed:
        row.save(update_fields=changed)
    return int(bool(changed))


def _empty(row: models.Model, inventory: Inventory, column: str) -> bool:
    """Whether the column said anything."""
    said = _plain(getattr(row, column))
    setattr(row, column, _instead(row, inventory, column))
    return bool(said != getattr(row, column))


def _instead(row: models.Model, inventory: Inventory, column: str) -> Any:
    if column in inventory.instead:
        given = inventory.instead[column]
        return given(row) if callable(given) else given
    known = row._meta.get_field(column)
    if known.null:
        return None
    return known.get_default() if isinstance(known, models.JSONField) else _nothing(known)


def _nothing(known: Any) -> Any:
    return b"" if isinstance(known, models.BinaryField) else ""


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def subject(kind: str, value: UUID | str) -> Subject:
    return Subject(kind, str(value))
