"""The words of the bank: what files tell, what lines are. Plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.kernel.money import Money


class MatchKind(StrEnum):
    """What a line of the bank is."""

    PAYOUT = "payout"
    PAYMENT = "payment"
    REFUND = "refund"
    BY_HAND = "by_hand"
    FEE = "fee"


class StatementState(StrEnum):
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class BankAccountView:
    id: UUID
    name: str
    bank: str
    number: str
    currency: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a bank's statement as a file tells it."""

    posted_on: date
    cents: int
    memo: str
    document: str = ""
    fitid: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of a file."""

    row: int
    field: str
    code: str


@dataclass(frozen=True, slots=True)
class Sheets:
    """A file that was read: its good lines, the faults of the others, and whose account it says it is."""

    entries: Sequence[Entry]
    faults: Sequence[Fault] = ()
    bank: str = ""
    number: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class StatementView:
    id: UUID
    bank_account_id: UUID
    filename: str
    state: StatementState
    added: int
    repeated: int
    faults: Sequence[Fault]
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a CSV file, and which column holds what as far as their titles say."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What a line of the bank may be. Suggested by `why`; the first is the likeliest."""

    kind: MatchKind
    subject: str
    subject_name: str
    amount: Money
    on: date
    score: int = 0
    why: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """Something that may be one of several: a movement of a provider's, or a line of the bank."""

    id: UUID
    name: str
    cents: int
    on: date


@dataclass(frozen=True, slots=True)
class Together:
    """Several that are one amount. Suggested by `why`: all of a day or of days in a row, or some few."""

    items: Sequence[Item]
    why: str

    @property
    def cents(self) -> int:
        return sum(one.cents for one in self.items)


@dataclass(frozen=True, slots=True)
class End:
    """One of the two that may be the same money."""

    id: UUID
    name: str
    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Near:
    """A payout and the lines of another amount that may be it: several, where they all tell its name."""

    payout: End
    lines: Sequence[End]
    why: str
    bookable: bool

    @property
    def line(self) -> End:
        """The first of them: whoever acts on it acts on all."""
        return self.lines[0]

    @property
    def came(self) -> Money:
        cents = sum(one.amount.cents for one in self.lines)
        return Money(cents, self.payout.amount.currency)

    @property
    def gap_cents(self) -> int:
        """What the payout has and the lines lack."""
        return self.payout.amount.cents - self.came.cents

    @property
    def apart(self) -> Money:
        return Money(abs(self.gap_cents), self.payout.amount.currency)


@dataclass(frozen=True, slots=True)
class LineView:
    id: UUID
    bank_account_id: UUID
    code: str
    posted_on: date
    amount: Money
    memo: str
    document: str
    match: MatchKind | None = None
    match_subject: str = ""
    match_parts: int = 0
    """How many things it is; more than one where a bank summed them."""
    match_rest_cents: int = 0
    """What it has less than the payout it is, booked as a fee of the bank; below zero it has more."""
    matched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinePage:
    lines: Sequence[LineView]
    next_before: str
