"""The words of billing. Plain Python: safe to import anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.billing.types.due import DueTerms
from alicerce.apps.billing.types.gateways import (
    GatewayKind as GatewayKind,
)
from alicerce.apps.billing.types.gateways import (
    GatewayView as GatewayView,
)
from alicerce.apps.billing.types.gateways import (
    HookAccount as HookAccount,
)
from alicerce.apps.billing.types.periods import (
    DayCount as DayCount,
)
from alicerce.apps.billing.types.periods import (
    Interval as Interval,
)
from alicerce.apps.billing.types.periods import (
    Period as Period,
)
from alicerce.apps.billing.types.periods import (
    Renewal as Renewal,
)
from alicerce.kernel.money import Money


class PaymentMethod(StrEnum):
    PIX = "pix"
    CARD = "card"
    BOLETO = "boleto"
    TRANSFER = "transfer"
    CASH = "cash"
    OTHER = "other"
    BALANCE = "balance"


BY_HAND = (
    PaymentMethod.TRANSFER,
    PaymentMethod.PIX,
    PaymentMethod.CASH,
    PaymentMethod.CARD,
    PaymentMethod.OTHER,
)
"""How money may reach a company past its connected providers."""
MANUAL = "manual"
"""The provider of payments that a person wrote down."""


class InvoiceStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    PAID = "paid"
    VOID = "void"
    UNCOLLECTIBLE = "uncollectible"
    DISPUTED = "disputed"
    CHARGED_BACK = "charged_back"


PAYABLE = frozenset({InvoiceStatus.OPEN, InvoiceStatus.UNCOLLECTIBLE})
"""Late money is always accepted, also for what nobody believed in any more."""


class InvoiceKind(StrEnum):
    """What an invoice asks for: things sold, or funds for the customer's own wallet."""

    SALE = "sale"
    FUNDS = "funds"


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


class LineKind(StrEnum):
    """What a line of an invoice asks or gives back money for."""

    PLAN = "plan"
    OPTION = "option"
    ADDON = "addon"
    SETUP = "setup"
    DEBIT = "debit"
    CREDIT = "credit"
    DISCOUNT = "discount"
    USAGE = "usage"
    LATE_FEE = "late_fee"
    ADJUSTMENT = "adjustment"
    TAX = "tax"
    WITHHELD = "withheld"


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
    price_id: UUID | None = None
    service_code: str = ""
    given_back_of: UUID | None = None  # the invoice whose taxes a credit takes back

    @property
    def total(self) -> Money:
        return self.unit * self.quantity


@dataclass(frozen=True, slots=True)
class NewInvoice:
    """An invoice as it is asked for. An order has one: asked again, it is the same.

    What follows from another invoice is issued as that was: it names its series.
    """

    customer_id: UUID
    lines: Sequence[NewLine]
    due_on: date
    order_id: UUID | None = None
    kind: InvoiceKind = InvoiceKind.SALE
    follows: str = ""


NOTHING = Money(0)


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
    kind: InvoiceKind = InvoiceKind.SALE
    paid: Money = NOTHING
    relieved: Money = NOTHING
    returned: Money = NOTHING
    refunding: Money = NOTHING
    contested: Money = NOTHING

    @property
    def is_given_back(self) -> bool:
        """Whether credit notes took back all that it asked for."""
        return self.relieved + self.returned == self.total

    @property
    def code(self) -> str:
        return invoice_code(self.series, self.number)

    @property
    def is_open(self) -> bool:
        return self.status == InvoiceStatus.OPEN

    @property
    def is_payable(self) -> bool:
        return self.status in PAYABLE

    @property
    def remaining(self) -> Money:
        """What it still asks for: less what was paid and what credit notes took off."""
        if not self.is_payable:
            return Money(0, self.total.currency)
        return self.total - self.paid - self.relieved

    @property
    def creditable(self) -> Money:
        """How much of it a credit note may still take back."""
        if self.status == InvoiceStatus.VOID or self.kind == InvoiceKind.FUNDS:
            return Money(0, self.total.currency)
        return self.total - self.relieved - self.returned - self.refunding - self.contested


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
    position: int


@dataclass(frozen=True, slots=True)
class ChargeView:
    id: UUID
    invoice_id: UUID
    account_id: UUID
    method: PaymentMethod
    status: ChargeStatus
    amount: Money
    begun_at: datetime
    expires_at: datetime
    pix_code: str
    redirect_url: str
    error: str  # for the customer
    detail: str  # for whoever operates
    due: DueTerms | None = None
    uses_kept_card: bool = False
    kept_card_page: str = ""  # the page where its payer agreed to have their card kept
    external_id: str = ""
    debit_on: date | None = None  # when its payer's bank pays it by itself

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
