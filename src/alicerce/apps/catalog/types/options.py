"""What a plan may be bought with."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from alicerce.apps.catalog.types.plans import Cycle
from alicerce.kernel.money import Money


class OptionKind(StrEnum):
    """One of several things, so many of one thing, or one thing or not."""

    CHOICE = "choice"
    QUANTITY = "quantity"
    SWITCH = "switch"


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
class Held:
    """What somebody has: so many of a price's plan, with what was chosen of its options."""

    price_id: UUID
    quantity: int = 1
    chosen: tuple[Chosen, ...] = ()
