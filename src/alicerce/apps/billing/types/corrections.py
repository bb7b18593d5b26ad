"""The words of what happens to money after an invoice is open: credit, corrections, refunds, the books."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.billing.types import (
    InvoiceDetail,
    InvoiceStatus,
    PaymentMethod,
    invoice_code,
)
from alicerce.kernel.money import Money


class RefundStatus(StrEnum):
    CREATED = "created"
    REQUESTED = "requested"
    PENDING = "pending"
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


UNDER_WAY = frozenset(
    {
        RefundStatus.CREATED,
        RefundStatus.REQUESTED,
        RefundStatus.PENDING,
        RefundStatus.UNKNOWN,
    }
)


class RefundSource(StrEnum):
    """Whose money goes back: what an invoice was paid with, the customer's credit, or nobody's."""

    INVOICE = "invoice"
    WALLET = "wallet"
    SUSPENSE = "suspense"


@dataclass(frozen=True, slots=True)
class WalletUseView:
    """What of a customer's balance paid an invoice, and when."""

    amount: Money
    used_at: datetime
    automatic: bool


@dataclass(frozen=True, slots=True)
class Credited:
    """So much of one line of an invoice is taken back; of the whole, when it names no line."""

    cents: int
    position: int | None = None


@dataclass(frozen=True, slots=True)
class CreditNoteView:
    id: UUID
    number: int
    series: str
    invoice_id: UUID
    customer_id: UUID
    total: Money
    relieved: Money
    to_wallet: Money
    refunded: Money
    reason: str
    issued_at: datetime
    lines: tuple[tuple[str, Money], ...] = ()

    @property
    def code(self) -> str:
        return invoice_code(self.series, self.number)


@dataclass(frozen=True, slots=True)
class RefundView:
    id: UUID
    payment_id: UUID
    invoice_id: UUID | None
    customer_id: UUID | None
    amount: Money
    status: RefundStatus
    source: RefundSource
    method: PaymentMethod
    provider: str
    reference: str
    reason: str
    detail: str
    begun_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """An invoice with all that ever happened to it."""

    detail: InvoiceDetail
    uses: tuple[WalletUseView, ...]
    credit_notes: tuple[CreditNoteView, ...]
    refunds: tuple[RefundView, ...]


@dataclass(frozen=True, slots=True)
class InvoicesWanted:
    """What a list of invoices is narrowed to; what is None or empty narrows nothing."""

    text: str = ""
    customer_ids: tuple[UUID, ...] = ()
    status: InvoiceStatus | None = None
    overdue_on: date | None = None
    due_from: date | None = None
    due_until: date | None = None


@dataclass(frozen=True, slots=True)
class BillingRules:
    """How a company collects: what credit pays by itself, what late costs, what early saves by Pix."""

    uses_wallet: bool = True
    fine_basis_points: int = 0
    interest_basis_points: int = 0
    grace_days: int = 0
    early_basis_points: int = 0
    early_days: int = 0
    pix_valid_days: int = 30
    pix_at_issue: bool = False
