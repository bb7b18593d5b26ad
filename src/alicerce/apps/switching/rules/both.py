"""Both books, as they are laid beside one another. Plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alicerce.apps.billing.types import NewLine
from alicerce.apps.switching.types import DifferenceKind, Place

Key = tuple[Place, int, date]


@dataclass(frozen=True, slots=True)
class Ours:
    """A period as it would be invoiced here."""

    cents: int
    currency: str
    customer_id: UUID
    starts_on: date
    ends_on: date
    lines: Sequence[NewLine] = ()


@dataclass(frozen=True, slots=True)
class Theirs:
    """The same as it was invoiced there: a service's items of one due date."""

    cents: int
    currency: str
    invoice: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A service in both books. `is_ours` is whether it was brought.

    `prices` are what it costs there by now, where that is another price than it was brought with; `due_there` is
    its due date there, which waits for its invoice to be paid.
    """

    is_ours: bool
    customer_id: UUID | None = None
    runs_here: bool = False
    changed_here: bool = False
    changed_there: bool = False
    is_new: bool = False
    prices: frozenset[int] = frozenset()
    status_here: str = ""
    status_there: str = ""
    next_here: date | None = None
    next_there: date | None = None
    due_there: date | None = None


NOBODY = Service(is_ours=False)


@dataclass(frozen=True, slots=True)
class Beside:
    """What an invoice asks for that belongs to no period: its kind, and how it is called."""

    kind: DifferenceKind
    invoice: int
    cents: int
    currency: str
    words: str
    customer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TaxOf:
    """What comes on top of an invoice, here and there: of these periods, or of nothing that is ours."""

    customer_id: UUID | None
    currency: str
    keys: frozenset[Key] = frozenset()
    due_on: date | None = None
    ours_cents: int = 0
    theirs_cents: int = 0
    invoices: tuple[int, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Books:
    """Both books, as far as they are compared."""

    ours: Mapping[Key, Ours]
    theirs: Mapping[Key, Theirs]
    services: Mapping[tuple[Place, int], Service]
    beside: Sequence[Beside] = ()
    taxes: Sequence[TaxOf] = ()
    adds_taxes: bool = False
    """Whether any tax comes on top of prices here."""
    canceled: frozenset[Key] = frozenset()
    date_format: str = "DD/MM/YYYY"
