"""The words of writing down late what an order sold. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from alicerce.apps.billing.types import Period
from alicerce.kernel.money import Money


class Standing(StrEnum):
    """How what a line delivered stands, where it does not simply run."""

    STOPPED = "stopped"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class First:
    """What an order's invoice paid for, and the period that runs on the day it is written down."""

    invoice_id: UUID
    paid: Period
    running: Period


class Late(StrEnum):
    """What becomes of a line that renews and has no subscription."""

    BEGINS = "begins"
    NOT_PAID = "not_paid"
    MONEY_BACK = "money_back"
    STOPPED = "stopped"
    OVER = "over"
    ADDON = "addon"


@dataclass(frozen=True, slots=True)
class LateLine:
    """One such line: what becomes of it, and why; where it begins, what is asked for next, and when."""

    line_id: UUID
    order_number: int
    description: str
    outcome: Late
    amount: Money
    paid_on: date | None = None
    renews_on: date | None = None


@dataclass(frozen=True, slots=True)
class LatePage:
    """What was found among so many lines; `next_after` is None after the last."""

    looked_at: int
    lines: tuple[LateLine, ...]
    next_after: UUID | None
