"""The words of corrections. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from alicerce.kernel.money import Money

LASTS = timedelta(days=7)
MOST_WAITING = 500
MOST_CENTS = 10_000_000
"""The most that a wallet is adjusted by, as on its page."""


class CorrectionKind(StrEnum):
    REFUND = "refund"
    CREDIT_NOTE = "credit_note"
    VOID = "void"
    WRITE_OFF = "write_off"
    PAYMENT = "payment"
    WALLET = "wallet"


class CorrectionState(StrEnum):
    AWAITING_APPROVAL = "awaiting_approval"
    CARRIED_OUT = "carried_out"
    REFUSED = "refused"
    CANCELED = "canceled"
    EXPIRED = "expired"


PERMISSIONS = {
    CorrectionKind.REFUND: "billing:refund",
    CorrectionKind.CREDIT_NOTE: "billing:manage",
    CorrectionKind.VOID: "billing:manage",
    CorrectionKind.WRITE_OFF: "billing:manage",
    CorrectionKind.PAYMENT: "billing:settle",
    CorrectionKind.WALLET: "billing:manage",
}
"""Who may carry one out: who may do the same on the page of the invoice, payment or customer."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A correction as it is asked for. What its kind does not take is empty."""

    kind: CorrectionKind
    reason: str
    payment_id: UUID | None = None
    invoice_id: UUID | None = None
    customer_id: UUID | None = None
    cents: int | None = None
    position: int | None = None
    method: str = ""
    received_on: date | None = None
    reference: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the money is: what the invoice asks for, what the customer holds, what of the payment may go back."""

    invoice_cents: int | None = None
    invoice_status: str = ""
    wallet_cents: int | None = None
    payment_cents: int | None = None

    def told(self) -> dict[str, Any]:
        return {
            "invoice_remaining_cents": self.invoice_cents,
            "invoice_status": self.invoice_status or None,
            "wallet_balance_cents": self.wallet_cents,
            "payment_refundable_cents": self.payment_cents,
        }

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Standing":
        return cls(
            told["invoice_remaining_cents"],
            told["invoice_status"] or "",
            told["wallet_balance_cents"],
            told["payment_refundable_cents"],
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """What a correction does, to the cent."""

    amount: Money
    before: Standing
    after: Standing

    def told(self) -> dict[str, Any]:
        return {"before": self.before.told(), "after": self.after.told()}


@dataclass(frozen=True, slots=True)
class CorrectionView:
    id: UUID
    kind: CorrectionKind
    state: CorrectionState
    payment_id: UUID | None
    invoice_id: UUID | None
    customer_id: UUID | None
    amount: Money
    position: int | None
    method: str
    received_on: date | None
    reference: str
    proof: str
    reason: str
    before: Standing
    after: Standing
    requested_by: str
    requested_at: datetime
    expires_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    refusal: str
    result_id: UUID | None

    @property
    def is_waiting(self) -> bool:
        return self.state is CorrectionState.AWAITING_APPROVAL

    def may_be_decided(self, at: datetime) -> bool:
        return self.is_waiting and at < self.expires_at

    @property
    def foreseen(self) -> Effect:
        """What it would have done when it was asked for; what it did, once it was carried out."""
        return Effect(self.amount, self.before, self.after)

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            kind=self.kind,
            reason=self.reason,
            payment_id=self.payment_id,
            invoice_id=self.invoice_id,
            customer_id=self.customer_id,
            cents=self.amount.cents,
            position=self.position,
            method=self.method,
            received_on=self.received_on,
            reference=self.reference,
            proof=self.proof,
        )


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    corrections: tuple[CorrectionView, ...]
    next_before: UUID | None
