"""The words of the catalog. Plain Python: safe to import anywhere."""

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


class PlanStatus(StrEnum):
    """Hidden ones come back; what is retired is not sold any more, and goes on for who has it."""

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


class OptionKind(StrEnum):
    """One of several things, so many of one thing, or one thing or not."""

    CHOICE = "choice"
    QUANTITY = "quantity"
    SWITCH = "switch"


class ItemKind(StrEnum):
    """What a part of a sale is for. Only set-up is charged once."""

    PLAN = "plan"
    OPTION = "option"
    SETUP = "setup"


@dataclass(frozen=True, slots=True)
class NewPrice:
    """What a plan is to cost for one cycle, and once at the beginning."""

    amount: Money
    setup: Money | None = None

    @property
    def setup_cents(self) -> int:
        return self.setup.cents if self.setup else 0


@dataclass(frozen=True, slots=True)
class PlanForm:
    """A plan as it is written down. `spec` is for the app that delivers the product's kind."""

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


@dataclass(frozen=True, slots=True)
class ChoiceForm:
    """Something to choose, as it is written down. `adds` is to what the option's limit names."""

    name: str
    prices: Mapping[Cycle, Money]
    adds: int = 0
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OptionForm:
    """An option of a plan as it is written down. What is counted or switched has one choice."""

    kind: OptionKind
    name: str
    choices: tuple[ChoiceForm, ...]
    summary: str = ""
    position: int = 0
    minimum: int = 0
    maximum: int = 1
    step: int = 1
    limit: str = ""


@dataclass(frozen=True, slots=True)
class ChoicePrice:
    """What a choice costs for a cycle, for each one of it."""

    price_id: UUID
    amount: Money


@dataclass(frozen=True, slots=True)
class OfferedChoice:
    id: UUID
    name: str
    adds: int
    prices: Mapping[Cycle, ChoicePrice]


@dataclass(frozen=True, slots=True)
class OfferedOption:
    """An option as it is offered, with its choices in their order."""

    id: UUID
    kind: OptionKind
    name: str
    summary: str
    position: int
    minimum: int
    maximum: int
    step: int
    limit: str
    choices: tuple[OfferedChoice, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a buyer says of an option. A switch is on with a quantity of one."""

    option_id: UUID
    choice_id: UUID | None = None
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a sale, at the price of ours that it is sold for."""

    kind: ItemKind
    price_id: UUID
    name: str
    quantity: int
    unit: Money
    option_id: UUID | None = None
    choice_id: UUID | None = None

    @property
    def total(self) -> Money:
        return self.unit * self.quantity


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


@dataclass(frozen=True, slots=True)
class Quote:
    """What a sale would cost right now, part by part, and what its buyer could do with it."""

    plan: PricedPlan
    items: tuple[Item, ...]
    limits: Limits

    @property
    def total(self) -> Money:
        cents = sum(item.total.cents for item in self.items)
        return Money(cents, self.plan.amount.currency)


@dataclass(frozen=True, slots=True)
class CyclePrice:
    price_id: UUID
    cycle: Cycle
    amount: Money
    setup: Money


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

    @property
    def is_active(self) -> bool:
        return self.retired_at is None


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
class ProductCard:
    id: UUID
    kind: str
    name: str
    position: int
