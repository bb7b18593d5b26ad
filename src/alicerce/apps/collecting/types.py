"""The words of collecting. Plain Python: safe to import anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.kernel.money import Money


class Trigger(StrEnum):
    """Why a card was charged."""

    PURCHASE = "purchase"
    CYCLE = "cycle"
    DUNNING = "dunning"
    CLIENT_RETRY = "client_retry"
    METHOD_UPDATE = "method_update"
    ADMIN = "admin"


BY_CLIENT = frozenset({Trigger.PURCHASE, Trigger.CLIENT_RETRY})
BY_ITSELF = frozenset({Trigger.CYCLE, Trigger.DUNNING, Trigger.METHOD_UPDATE})
"""Nobody asked for it now: whoever switched automatic payment off is left alone."""


class Way(StrEnum):
    """What of a customer's pays by itself, where both could."""

    CARD = "card"
    BANK = "bank"


class AttemptStatus(StrEnum):
    BEGUN = "begun"
    CHARGING = "charging"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    DROPPED = "dropped"


UNDER_WAY = frozenset({AttemptStatus.BEGUN, AttemptStatus.CHARGING})


class Decline(StrEnum):
    """What a refusal of a card asks for."""

    SOFT = "soft"  # time: the same card may do later
    HARD = "hard"  # another card
    OWNER = "owner"  # its owner, who has to confirm with the bank


class VisitKind(StrEnum):
    """Pages of the provider that a customer is sent to."""

    KEEP_CARD = "keep_card"
    PORTAL = "portal"


class VisitStatus(StrEnum):
    ASKED = "asked"
    OPEN = "open"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A card as the provider shows it. Never its number."""

    name: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int


@dataclass(frozen=True, slots=True)
class CardView:
    """A kept card, as people may see it."""

    id: UUID
    customer_id: UUID
    brand: str
    last4: str
    expires_on: date
    is_default: bool
    refused: str
    saved_at: datetime
    is_idle: bool = False
    """The account that keeps it charges no more."""


@dataclass(frozen=True, slots=True)
class AttemptView:
    """A time that a card was charged, or that it was about to be."""

    id: UUID
    invoice_id: UUID
    card_id: UUID
    card: str
    trigger: Trigger
    status: AttemptStatus
    begun_at: datetime
    ended_at: datetime | None
    reason: str
    decline: Decline | None


@dataclass(frozen=True, slots=True)
class CollectionView:
    """How an invoice is collected by card, and what comes next."""

    invoice_id: UUID
    customer_id: UUID
    next_at: datetime | None
    ended_at: datetime | None
    attempts: Sequence[AttemptView] = ()

    @property
    def is_charging(self) -> bool:
        return any(each.status in UNDER_WAY for each in self.attempts)

    @property
    def was_refused(self) -> bool:
        """By the bank, the last time that a card was asked."""
        tried = [each for each in self.attempts if each.status != AttemptStatus.DROPPED]
        return bool(tried) and tried[-1].status == AttemptStatus.FAILED


class PayingStage(StrEnum):
    """How far it is that an invoice pays itself."""

    WAITING = "waiting"  # for its day
    ASKED = "asked"  # the bank knows of it
    UNDER_WAY = "under_way"
    AGAIN = "again"  # a card was refused, and a day for one more try is set
    UNANSWERED = "unanswered"  # the bank never said


@dataclass(frozen=True, slots=True)
class Foretold:
    """What pays an open invoice by itself, and on which day. `card` is next where a bank is first."""

    way: Way
    on: date
    stage: PayingStage
    card: CardView | None = None


@dataclass(frozen=True, slots=True)
class VisitView:
    """A customer's way to a page of the provider."""

    id: UUID
    customer_id: UUID
    kind: VisitKind
    status: VisitStatus
    url: str


class MandateStatus(StrEnum):
    """How far an authorisation of Pix Automático is."""

    ASKED = "asked"  # here; its PSP may not know of it yet
    OPEN = "open"  # its code is shown
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    ENDED = "ended"
    FAILED = "failed"  # the PSP did not take it


PENDING = frozenset({MandateStatus.ASKED, MandateStatus.OPEN})


class Journey(StrEnum):
    """How a payer is asked: by a code, and what reading it does (2, 3, 4), or by their bank itself (1)."""

    IN_APP = "app"  # their bank's program shows it
    ALONE = "alone"  # it authorises
    PAYING = "paying"  # it pays now, and so authorises
    OFFERED = "offered"  # it pays what is due later; authorising is offered afterwards


class AppStep(StrEnum):
    """How far a bank is with what it is to show its customer."""

    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"  # said yes; the authorisation itself follows


@dataclass(frozen=True, slots=True)
class PayerBank:
    """Which account's bank shows it: as the Central Bank's API wants to know. And until when."""

    bank: str  # its ISPB
    branch: str
    number: str
    until: datetime


class EndedBy(StrEnum):
    CUSTOMER = "customer"
    COMPANY = "company"
    BANK = "bank"


class DebitStatus(StrEnum):
    PLANNED = "planned"  # it waits for the days in which banks take it
    SCHEDULED = "scheduled"
    PAID = "paid"
    FAILED = "failed"
    DROPPED = "dropped"


DEBITED = frozenset({DebitStatus.PLANNED, DebitStatus.SCHEDULED})


class DebitReason(StrEnum):
    """Why an invoice is not debited, where no bank was asked. What banks say are codes of their own."""

    OVER_LIMIT = "over_limit"
    CYCLE_TAKEN = "cycle_taken"
    TOO_LATE = "too_late"
    MANDATE_OVER = "mandate_over"
    CARD_CHOSEN = "card_chosen"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class MandateView:
    """An authorisation, as people may see it."""

    id: UUID
    customer_id: UUID
    status: MandateStatus
    journey: Journey
    fixed: Money | None
    most: Money | None
    code: str
    asked_at: datetime
    approved_at: datetime | None
    ended_at: datetime | None
    ended_by: str
    reason: str
    invoice_id: UUID | None
    charge_id: UUID | None
    bank: str = ""
    step: str = ""
    answer_until: datetime | None = None

    @property
    def is_in_app(self) -> bool:
        return self.journey == Journey.IN_APP

    @property
    def is_pending(self) -> bool:
        return self.status in PENDING


@dataclass(frozen=True, slots=True)
class DebitView:
    """An invoice that a bank debits by itself, and how far that is."""

    id: UUID
    invoice_id: UUID
    mandate_id: UUID
    status: DebitStatus
    on: date
    tries: int
    reason: str
    begun_at: datetime
    ended_at: datetime | None
    unanswered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MandateLimit:
    """What a customer allows: always so much, or up to so much."""

    fixed_cents: int | None = None
    most_cents: int | None = None

    def as_facts(self) -> dict[str, int | None]:
        return {"fixed_cents": self.fixed_cents, "most_cents": self.most_cents}
