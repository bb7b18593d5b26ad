"""The words of billing. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.kernel.money import Money


class PaymentMethod(StrEnum):
    PIX = "pix"
    CARD = "card"


class GatewayKind(StrEnum):
    PIX = "pix"
    STRIPE = "stripe"


class InvoiceStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PAID = "paid"
    VOID = "void"


class ChargeStatus(StrEnum):
    CREATED = "created"
    REQUESTED = "requested"
    AWAITING = "awaiting"
    UNKNOWN = "unknown"
    PAID = "paid"
    EXPIRED = "expired"
    FAILED = "failed"


LIVE = frozenset(
    {
        ChargeStatus.CREATED,
        ChargeStatus.REQUESTED,
        ChargeStatus.AWAITING,
        ChargeStatus.UNKNOWN,
    }
)


class PaymentFit(StrEnum):
    """Where a payment went: to its invoice, to the customer's wallet, or to nobody we know."""

    APPLIED = "applied"
    CREDITED = "credited"
    FLAGGED = "flagged"


class Misfit(StrEnum):
    """Why a payment settles no invoice."""

    NO_INVOICE = "no_invoice"
    NOT_OPEN = "not_open"
    ALREADY_PAID = "already_paid"
    VOID = "void"
    CURRENCY = "currency"
    AMOUNT = "amount"


class Interval(StrEnum):
    MONTH = "month"
    YEAR = "year"


class NoticeOutcome(StrEnum):
    BOOKED = "booked"
    NOTHING_NEW = "nothing_new"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Renewal:
    """A charge that the provider repeats by itself, each so many months or years."""

    interval: Interval
    count: int = 1


class LineKind(StrEnum):
    """What a line of an invoice asks or gives back money for."""

    PLAN = "plan"
    OPTION = "option"
    ADDON = "addon"
    SETUP = "setup"
    DEBIT = "debit"
    CREDIT = "credit"
    DISCOUNT = "discount"
    LATE_FEE = "late_fee"
    ADJUSTMENT = "adjustment"


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line to be invoiced; `[starts_on, ends_on)` are the days of a subscription that it is for."""

    description: str
    quantity: int
    unit: Money
    kind: LineKind = LineKind.PLAN
    subscription_id: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def total(self) -> Money:
        return self.unit * self.quantity


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of a movement in the ledger: debits above zero, credits below."""

    account: str
    amount: Money
    customer_id: UUID | None = None


def invoice_code(series: str, number: int) -> str:
    """What people read, quote and search: the series and the number, as one word."""
    return f"{series}{number}"


@dataclass(frozen=True, slots=True)
class InvoiceSummary:
    id: UUID
    number: int
    series: str
    status: InvoiceStatus
    customer_id: UUID
    order_id: UUID | None
    total: Money
    due_on: date
    opened_at: datetime
    paid_at: datetime | None
    token: str

    @property
    def code(self) -> str:
        return invoice_code(self.series, self.number)

    @property
    def is_payable(self) -> bool:
        return self.status == InvoiceStatus.OPEN

    @property
    def remaining(self) -> Money:
        """What it still asks for."""
        return self.total if self.is_payable else Money(0, self.total.currency)


@dataclass(frozen=True, slots=True)
class LineView:
    description: str
    quantity: int
    unit: Money
    total: Money
    kind: LineKind
    subscription_id: UUID | None
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class ChargeView:
    id: UUID
    invoice_id: UUID
    method: PaymentMethod
    status: ChargeStatus
    amount: Money
    begun_at: datetime
    expires_at: datetime
    pix_code: str
    redirect_url: str
    error: str  # for the customer
    detail: str  # for whoever operates

    @property
    def is_live(self) -> bool:
        return self.status in LIVE


@dataclass(frozen=True, slots=True)
class PaymentView:
    id: UUID
    tenant_id: UUID
    invoice_id: UUID | None
    customer_id: UUID | None
    method: PaymentMethod
    provider: str
    reference: str
    amount: Money
    received_at: datetime
    fit: PaymentFit
    reason: str


@dataclass(frozen=True, slots=True)
class InvoiceDetail:
    summary: InvoiceSummary
    lines: tuple[LineView, ...]
    charges: tuple[ChargeView, ...]
    payments: tuple[PaymentView, ...]


@dataclass(frozen=True, slots=True)
class InvoicePage:
    """One page of a list, newest first; `next_before` asks for the following one."""

    invoices: tuple[InvoiceSummary, ...]
    next_before: UUID | None


@dataclass(frozen=True, slots=True)
class GatewayView:
    """What a person sees of an account at a provider, and its health. No secrets."""

    id: UUID
    kind: GatewayKind
    name: str
    enabled: bool
    livemode: bool
    reconciled_at: datetime
    trouble: str
    hook_registered_at: datetime | None


@dataclass(frozen=True, slots=True)
class HookAccount:
    """What a knock on the door needs: whose account it is and how the knocker proves itself."""

    tenant_id: UUID
    account_id: UUID
    kind: GatewayKind
