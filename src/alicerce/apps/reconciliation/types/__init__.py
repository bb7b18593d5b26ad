"""The words of reconciliation. Plain Python: safe to import anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.reconciliation.types.bank import BankAccountView as BankAccountView
from alicerce.apps.reconciliation.types.bank import Counterpart as Counterpart
from alicerce.apps.reconciliation.types.bank import End as End
from alicerce.apps.reconciliation.types.bank import Entry as Entry
from alicerce.apps.reconciliation.types.bank import Fault as Fault
from alicerce.apps.reconciliation.types.bank import Item as Item
from alicerce.apps.reconciliation.types.bank import LinePage as LinePage
from alicerce.apps.reconciliation.types.bank import LineView as LineView
from alicerce.apps.reconciliation.types.bank import MatchKind as MatchKind
from alicerce.apps.reconciliation.types.bank import Near as Near
from alicerce.apps.reconciliation.types.bank import Preview as Preview
from alicerce.apps.reconciliation.types.bank import Sheets as Sheets
from alicerce.apps.reconciliation.types.bank import StatementState as StatementState
from alicerce.apps.reconciliation.types.bank import StatementView as StatementView
from alicerce.apps.reconciliation.types.bank import Together as Together
from alicerce.kernel.money import Money


class MovementKind(StrEnum):
    PAYMENT = "payment"
    REFUND = "refund"
    FEE = "fee"
    EARNING = "earning"
    """What the platform keeps of payments to companies under its account, and what it gives back."""
    PAYOUT = "payout"
    OTHER = "other"


class ToldStatus(StrEnum):
    """What a provider says became of a movement."""

    DONE = "done"
    PENDING = "pending"
    FAILED = "failed"


class PayoutStatus(StrEnum):
    PENDING = "pending"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"
    CANCELED = "canceled"


ON_ITS_WAY = (PayoutStatus.PAID, PayoutStatus.IN_TRANSIT)
"""What the bank may have. Any other is no line of its statement."""


class Span(StrEnum):
    """How far back a comparison looks: two days, ninety, or two because somebody asked."""

    RECENT = "recent"
    NIGHTLY = "nightly"
    ASKED = "asked"


class Phase(StrEnum):
    """What a run reads next. Each goes page by page; after the last the run is done."""

    PROVIDER = "provider"
    BOOKED = "booked"
    REFUNDS = "refunds"
    PAYOUTS = "payouts"
    OPEN = "open"
    OVER = "over"


class RunStatus(StrEnum):
    """`unknown`: the provider did not answer, so nobody can say whether there are differences."""

    RUNNING = "running"
    DONE = "done"
    UNKNOWN = "unknown"


class DifferenceKind(StrEnum):
    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    UNCLAIMED = "payment_unclaimed"
    AMOUNT = "amount"
    STATUS = "status"
    FEE = "fee"
    LEDGER = "ledger"
    PAYOUT_AMOUNT = "payout_amount"
    PAYOUT_BANK_AMOUNT = "payout_bank_amount"
    PAYOUT_NOT_IN_BANK = "payout_not_in_bank"
    PAYOUT_RETURNED = "payout_returned"
    BANK_LINE_ALONE = "bank_line_alone"
    DEBIT_UNANSWERED = "debit_unanswered"


class DifferenceState(StrEnum):
    OPEN = "open"
    EXPLAINED = "explained"
    RESOLVED = "resolved"


BOOKABLE = frozenset({DifferenceKind.MISSING_HERE, DifferenceKind.STATUS, DifferenceKind.FEE})
"""What goes away when billing books what the provider says."""


@dataclass(frozen=True, slots=True)
class Found:
    """A difference as a comparison sees it. An amount that nobody told is absent, not zero."""

    kind: DifferenceKind
    reference: str
    currency: str
    happened_at: datetime
    there_cents: int | None = None
    here_cents: int | None = None
    posted_cents: int | None = None
    payment_id: UUID | None = None
    payment_reference: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums in one currency: what the provider, the payments and the ledger say."""

    there: int = 0
    here: int = 0
    posted: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.there + other.there, self.here + other.here, self.posted + other.posted
        )


@dataclass(frozen=True, slots=True)
class RunView:
    id: UUID
    account_id: UUID
    span: Span
    status: RunStatus
    phase: Phase
    since: datetime
    until: datetime
    started_at: datetime
    ended_at: datetime | None
    seen: int
    trouble: str
    totals: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class NoteView:
    author_id: UUID
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class DifferenceView:
    id: UUID
    account_id: UUID | None
    kind: DifferenceKind
    reference: str
    payment_reference: str
    currency: str
    there_cents: int | None
    here_cents: int | None
    posted_cents: int | None
    payment_id: UUID | None
    payout_id: UUID | None
    line_id: UUID | None
    state: DifferenceState
    owner_id: UUID | None
    reason: str
    happened_at: datetime
    opened_at: datetime
    checked_at: datetime
    resolved_at: datetime | None
    reopened: int
    booking_asked_at: datetime | None
    booking_trouble: str
    notes: Sequence[NoteView] = ()

    @property
    def is_over(self) -> bool:
        return self.state == DifferenceState.RESOLVED

    @property
    def is_bookable(self) -> bool:
        return not self.is_over and self.kind in BOOKABLE and self.account_id is not None

    def money(self, cents: int | None) -> Money | None:
        return None if cents is None else Money(cents, self.currency)


@dataclass(frozen=True, slots=True)
class DifferencePage:
    differences: Sequence[DifferenceView]
    next_before: UUID | None


@dataclass(frozen=True, slots=True)
class PayoutView:
    id: UUID
    account_id: UUID
    external_id: str
    amount: Money
    parts_cents: int | None
    status: PayoutStatus
    made_at: datetime
    arrives_on: date
    descriptor: str
    failure: str
    line_ids: Sequence[UUID] = ()
    """The lines of the bank that it is; several where it came in parts."""
    rest_cents: int = 0
    """What it has more than they, booked as a fee of the bank; below zero they have more."""


@dataclass(frozen=True, slots=True)
class PartView:
    kind: MovementKind
    reference: str
    net: Money
    fee: Money
    happened_at: datetime
    platform: Money
    """What of the fee is the platform's."""


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """An account on the overview: its last run of each kind, and what is open."""

    account_id: UUID
    name: str
    kind: str
    last: RunView | None
    nightly: RunView | None
    open: int
    bank: Mapping[str, int] = field(default_factory=dict)
    """By currency, what reached the bank in the window; empty where no statement says."""
