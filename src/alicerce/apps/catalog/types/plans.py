"""Products, plans and what they cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from alicerce.kernel.money import Money


class Cycle(StrEnum):
    """How often a price is charged."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SEMIANNUAL = "semiannual"
    ANNUAL = "annual"
    BIENNIAL = "biennial"
    TRIENNIAL = "triennial"
    ONE_OFF = "one_off"


MONTHS = {
    Cycle.MONTHLY: 1,
    Cycle.QUARTERLY: 3,
    Cycle.SEMIANNUAL: 6,
    Cycle.ANNUAL: 12,
    Cycle.BIENNIAL: 24,
    Cycle.TRIENNIAL: 36,
}


def fits_in(cycle: Cycle, parent: Cycle) -> bool:
    """Whether wherever a period of the parent ends one of the add-on ends too."""
    return cycle in MONTHS and parent in MONTHS and MONTHS[parent] % MONTHS[cycle] == 0


class PlanStatus(StrEnum):
    FOR_SALE = "for_sale"
    HIDDEN = "hidden"
    RETIRED = "retired"


class Limit(StrEnum):
    """What a plan may limit. Amounts add up; None is without a limit, whatever is added."""

    SITES = "sites"
    DISK_GB = "disk_gb"
    TRAFFIC_GB = "traffic_gb"
    MAILBOXES = "mailboxes"
    DATABASES = "databases"


Limits = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class NewPrice:
    """What a plan is to cost for one cycle, once at the beginning, and after how many days for nothing.

    `trial_card`: those days begin only for who keeps a card, which is charged when they are over.
    """

    amount: Money
    setup: Money | None = None
    trial_days: int = 0
    trial_card: bool = False

    @property
    def setup_cents(self) -> int:
        return self.setup.cents if self.setup else 0


def full_name(product: str, plan: str) -> str:
    """What people call a plan. One that begins with its product's name, as imported ones do, says it once."""
    said, whole = product.casefold().split(), plan.casefold().split()
    return plan if said == whole[: len(said)] else f"{product} {plan}"


@dataclass(frozen=True, slots=True)
class PlanForm:
    """A plan as it is written down. `spec` is for the app that delivers the product's kind.

    `goes_with` is of an add-on: the plans that it is sold onto, by id; all of them when none is named.
    `max_quantity` too: how many of it a subscription may have.
    """

    product_kind: str
    product_name: str
    name: str
    summary: str = ""
    features: tuple[str, ...] = ()
    spec: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=dict)
    position: int = 0
    is_visible: bool = True
    stock: int | None = None
    goes_with: tuple[str, ...] = ()
    max_quantity: int = 1


@dataclass(frozen=True, slots=True)
class PricedPlan:
    """A plan at one of its prices: all that an order needs to know."""

    price_id: UUID
    plan_id: UUID
    product_kind: str
    product_name: str
    plan_name: str
    cycle: Cycle
    amount: Money
    spec: dict[str, str]
    setup: Money
    trial_days: int = 0
    trial_card: bool = False
    max_quantity: int = 1

    @property
    def full_name(self) -> str:
        return full_name(self.product_name, self.plan_name)


@dataclass(frozen=True, slots=True)
class CyclePrice:
    price_id: UUID
    cycle: Cycle
    amount: Money
    setup: Money
    trial_days: int = 0
    trial_card: bool = False


@dataclass(frozen=True, slots=True)
class StorefrontPlan:
    """A plan as the visitor sees it, with its prices from the shortest cycle to the longest."""

    plan_id: UUID
    product_name: str
    name: str
    summary: str
    features: tuple[str, ...]
    prices: tuple[CyclePrice, ...]
    limits: Limits
    is_sold_out: bool
    max_quantity: int = 1

    @property
    def full_name(self) -> str:
        return full_name(self.product_name, self.name)


@dataclass(frozen=True, slots=True)
class PriceVersion:
    """What a plan costs or cost for one cycle, from when until when, and how often it was sold."""

    id: UUID
    cycle: Cycle
    amount: Money
    setup: Money
    since: datetime
    retired_at: datetime | None
    sold: int
    trial_days: int = 0
    trial_card: bool = False

    @property
    def is_active(self) -> bool:
        return self.retired_at is None


@dataclass(frozen=True, slots=True)
class PriceHistory:
    """A price in force, and the ones of its plan and cycle before it, the latest first, with since when."""

    price_id: UUID
    plan_id: UUID
    plan_name: str
    cycle: Cycle
    amount: Money
    older: tuple[tuple[UUID, Money, datetime], ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as lists of the company show it."""

    id: UUID
    name: str
    product_name: str
    status: PlanStatus
    stock: int | None
    prices: tuple[CyclePrice, ...]
    sold: int

    @property
    def full_name(self) -> str:
        return full_name(self.product_name, self.name)


@dataclass(frozen=True, slots=True)
class PlanDetail:
    """A plan as the company's people see it."""

    id: UUID
    product_id: UUID
    form: PlanForm
    status: PlanStatus
    retired_at: datetime | None
    versions: tuple[PriceVersion, ...]

    @property
    def active(self) -> tuple[PriceVersion, ...]:
        return tuple(version for version in self.versions if version.is_active)

    @property
    def sold(self) -> int:
        return sum(version.sold for version in self.versions)


@dataclass(frozen=True, slots=True)
class Mirrored:
    """How many copies of another company's plans came, differed, and left the shop; and of its coupons."""

    added: int = 0
    changed: int = 0
    hidden: int = 0
    coupons: int = 0


@dataclass(frozen=True, slots=True)
class ProductCard:
    id: UUID
    kind: str
    name: str
    position: int
