"""The words of disputes. Plain Python: safe to import anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from alicerce.kernel.money import Money


class DisputeKind(StrEnum):
    """At the bank of a card, or by the special mechanism of returning Pix (MED)."""

    CARD = "card"
    MED = "med"


class DisputeStatus(StrEnum):
    EARLY_WARNING = "early_warning"
    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    PREVENTED = "prevented"
    LOST = "lost"
    ACCEPTED = "accepted"
    WON = "won"


CLAIMS = frozenset(
    {
        DisputeStatus.NEEDS_RESPONSE,
        DisputeStatus.UNDER_REVIEW,
        DisputeStatus.LOST,
        DisputeStatus.ACCEPTED,
        DisputeStatus.WON,
    }
)
"""Those for which money is claimed: an early warning only asks."""
ANSWERABLE = frozenset({DisputeStatus.EARLY_WARNING, DisputeStatus.NEEDS_RESPONSE})
UNDECIDED = ANSWERABLE | {DisputeStatus.UNDER_REVIEW}
GONE = frozenset({DisputeStatus.LOST, DisputeStatus.ACCEPTED})


class AnswerKind(StrEnum):
    EVIDENCE = "evidence"
    ACCEPTANCE = "acceptance"


class AnswerState(StrEnum):
    CREATED = "created"
    REQUESTED = "requested"
    UNKNOWN = "unknown"
    DONE = "done"
    REFUSED = "refused"


class ServicePolicy(StrEnum):
    """What becomes of services while the payment for them is disputed."""

    KEEP = "keep"
    SUSPEND = "suspend"


class Mark(StrEnum):
    """When people are told of a dispute: each of them once."""

    OPENED = "opened"
    THREE_DAYS = "three-days"
    ONE_DAY = "one-day"
    WON = "won"
    LOST = "lost"


EVIDENCE_FIELDS = (
    "product_description",
    "customer_name",
    "customer_email_address",
    "customer_purchase_ip",
    "billing_address",
    "service_date",
    "access_activity_log",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "duplicate_charge_explanation",
    "uncategorized_text",
)
"""What may be said in one's defence, in the order it is asked for; named as card banks call it."""
LONGEST_TEXT, LONGEST_EVIDENCE = 20_000, 150_000

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What was answered, and whether it arrived."""

    kind: AnswerKind
    state: AnswerState
    error: str
    begun_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class DisputeView:
    id: UUID
    kind: DisputeKind
    status: DisputeStatus
    reason: str
    external_id: str
    amount: Money
    taken: Money
    returned: Money
    fee: Money
    opened_at: datetime
    respond_by: datetime | None
    read_at: datetime
    closed_at: datetime | None
    payment_id: UUID | None
    invoice_id: UUID | None
    customer_id: UUID | None
    suspends: bool
    answer: AnswerView | None = None
    drafted_at: datetime | None = None
    draft: Texts = field(default_factory=dict)
    refused: str = ""
    """Why the provider did not take the last answer, where none stands."""

    @property
    def is_undecided(self) -> bool:
        return self.status in UNDECIDED

    def is_answerable(self, at: datetime) -> bool:
        """Whether there is still something to say: nothing was said, and the day is not over."""
        in_time = self.respond_by is None or at < self.respond_by
        return self.status in ANSWERABLE and in_time and self.answer is None


@dataclass(frozen=True, slots=True)
class DisputePage:
    """One page of a list; `next_after` asks for the following one."""

    disputes: tuple[DisputeView, ...]
    next_after: str = ""


@dataclass(frozen=True, slots=True)
class NewMed:
    """A notification of the special mechanism, as a PSP told it to a person."""

    payment_id: UUID
    reference: str
    cents: int
    reason: str
    notified_at: datetime
    respond_by: datetime
    is_blocked: bool = True
