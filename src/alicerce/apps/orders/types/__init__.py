"""The words of orders. Plain Python: safe to import anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.catalog.types import Chosen, CouponKind, FieldKind, ItemKind
from alicerce.apps.orders.types.selling import Evidence, Sale, TermsWay
from alicerce.kernel.money import Money

__all__ = [
    "ON_TRIAL",
    "Buyer",
    "CancelCause",
    "ChosenAddon",
    "Evidence",
    "Extras",
    "KeptAnswer",
    "LineCard",
    "LineDiscount",
    "LineItem",
    "LineStatus",
    "LineView",
    "OrderCard",
    "OrderDetail",
    "OrderPage",
    "OrderRow",
    "OrderStatus",
    "OrdersWanted",
    "Sale",
    "SoldLine",
    "TermsWay",
]


class OrderStatus(StrEnum):
    AWAITING_PAYMENT = "awaiting_payment"
    DELIVERING = "delivering"
    COMPLETED = "completed"
    CANCELED = "canceled"


ON_TRIAL = "trial"
"""What stands in the place of a way to pay."""


class LineStatus(StrEnum):
    WAITING = "waiting"
    DELIVERING = "delivering"
    FULFILLED = "fulfilled"
    FAILED = "failed"
    CANCELED = "canceled"


class CancelCause(StrEnum):
    """Why an order ended unpaid. Only staff gives a reason in words."""

    STAFF = "staff"
    CUSTOMER = "customer"
    EXPIRED = "expired"
    INVOICE_VOIDED = "invoice_voided"


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who orders, as they typed it, already normalized; `user_id` is who is signed in, if anybody."""

    name: str
    email: str
    document: str
    document_kind: str
    locale: str = "pt-br"
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ChosenAddon:
    """An add-on bought together with a plan: at which of its prices, how many, with what of its options."""

    price_id: UUID
    quantity: int = 1
    chosen: tuple[Chosen, ...] = ()


@dataclass(frozen=True, slots=True)
class Extras:
    """What goes with a plan: options, add-ons, what was answered, a coupon, terms agreed to.

    Prices are never among it. `skip_trial` is to pay at once for what could be tried first.
    """

    chosen: tuple[Chosen, ...] = ()
    coupon: str = ""
    terms_version: int | None = None
    skip_trial: bool = False
    answers: Mapping[UUID, str] = field(default_factory=dict)
    addons: tuple[ChosenAddon, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was said to a field, in the words it was asked in.

    The value is None for who may not read it, and empty once its person was erased.
    """

    field_id: UUID
    kind: FieldKind
    label: str
    label_en: str
    is_personal: bool
    value: str | None


@dataclass(frozen=True, slots=True)
class LineItem:
    """A part of a line as it was sold: at this price of the catalog, so many, each for so much.

    It is a snapshot: whatever the catalog says later, this is what was agreed to. `setup` is charged
    once; `plan` and `option` in every cycle.
    """

    kind: ItemKind
    price_id: UUID
    name: str
    quantity: int
    unit_cents: int
    option_id: UUID | None = None
    choice_id: UUID | None = None

    @property
    def cents(self) -> int:
        return self.unit_cents * self.quantity


@dataclass(frozen=True, slots=True)
class LineDiscount:
    """What was taken off a line, in all and of each of its items in their order; by staff, without a coupon.

    What it promised goes on for so many cycles, or for ever: whoever renews works it out again.
    """

    coupon_id: UUID | None
    code: str
    cents: int
    shares: tuple[int, ...]
    kind: CouponKind
    percent_bp: int | None = None
    amount_cents: int | None = None
    cycles: int | None = None


@dataclass(frozen=True, slots=True)
class LineCard:
    id: UUID
    order_id: UUID
    customer_id: UUID
    kind: str
    spec: dict[str, str]
    status: LineStatus
    description: str
    price_id: UUID
    cycle: str
    amount: Money
    items: tuple[LineItem, ...] = ()
    discount: LineDiscount | None = None
    trial_days: int = 0
    goes_along: bool = False


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line that was handed over to be delivered, with the number of its order."""

    number: int
    line: LineCard


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as staff sees it."""

    id: UUID
    description: str
    kind: str
    cycle: str
    amount: Money
    status: LineStatus
    items: tuple[LineItem, ...] = ()
    discount: LineDiscount | None = None
    server: str = ""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as lists show it."""

    id: UUID
    number: int
    status: OrderStatus
    customer_id: UUID
    description: str
    total: Money
    paid_by: str
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One page of a list, newest first; `next_before` asks for the following one."""

    orders: tuple[OrderRow, ...]
    next_before: UUID | None


@dataclass(frozen=True, slots=True)
class OrderDetail:
    """An order as staff sees it."""

    id: UUID
    number: int
    token: str
    status: OrderStatus
    customer_id: UUID
    description: str
    total: Money
    paid_by: str
    placed_at: datetime
    completed_at: datetime | None
    canceled_at: datetime | None
    cancel_cause: str
    cancel_reason: str
    lines: tuple[LineView, ...]
    terms_version: int | None = None
    trial_days: int = 0
    placed_by: str = ""
    asks_terms: bool = False
    terms_reason: str = ""
    evidence: Evidence | None = None
    starts_on: date | None = None
    invoice_on: date | None = None
    price_reason: str = ""

    @property
    def is_unpaid(self) -> bool:
        return self.status == OrderStatus.AWAITING_PAYMENT


@dataclass(frozen=True, slots=True)
class OrdersWanted:
    """What a list of orders is narrowed to. `customer_ids` are those whom the words also name."""

    text: str = ""
    customer_ids: tuple[UUID, ...] = ()
    status: OrderStatus | None = None
    paid_by: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderCard:
    """An order as its buyer sees it."""

    id: UUID
    number: int
    token: str
    status: OrderStatus
    customer_id: UUID
    description: str
    domain: str
    cycle: str
    total: Money
    placed_at: datetime
    lines: tuple[LineCard, ...]
    trial_days: int = 0
    trial_card: bool = False
    writes: bool = True
    asks_terms: bool = False
    starts_on: date | None = None
    invoice_on: date | None = None

    def waits(self, on: date) -> bool:
        """What it is for begins later, whether it is paid or not."""
        return self.starts_on is not None and self.starts_on > on

    @property
    def later(self) -> Money:
        """What was agreed to for the first period that is paid, before taxes: of a trial, when it is over."""
        taken_off = sum(line.discount.cents for line in self.lines if line.discount)
        agreed = sum(item.cents for line in self.lines for item in line.items)
        return Money(agreed - taken_off, self.total.currency)

    @property
    def awaits_proof(self) -> bool:
        """Its trial begins when the buyer has shown that the mailbox is theirs."""
        return bool(self.trial_days) and self.status == OrderStatus.AWAITING_PAYMENT
