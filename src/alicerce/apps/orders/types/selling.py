"""How somebody sells to a customer of the company's. Plain Python."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class TermsWay(StrEnum):
    """How a customer agrees to the terms of what was ordered for them."""

    NOT_ASKED = "not_asked"
    LATER = "later"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Evidence:
    """That a customer agreed to the terms somewhere else: who, when and from which address, as that place says."""

    by: str
    at: datetime
    address: str = ""


@dataclass(frozen=True, slots=True)
class Sale:
    """How somebody of the company sells, besides what a buyer could choose.

    `plan_cents` takes the place of the plan's price, for as long as it renews; `off_cents` is taken off the
    first charge alone. Both have a reason, and so has `ALREADY`, or evidence. `by_hand`: a person typed it, so only so
    many at a time are no question. `expected_cents`: what was shown, and is asked for or nothing.
    `starts_on`: the first day of what is sold; None is the day it is paid. `server_id`:
    where it is delivered; None is where whoever delivers it chooses. `token`: that of the order's page,
    chosen when it was typed; one order has it, however often it is placed. `seen`: of all that was shown
    before the last press; nothing else is ordered.
    """

    by_hand: bool = False
    plan_cents: int | None = None
    off_cents: int = 0
    price_reason: str = ""
    writes: bool = True
    terms: TermsWay = TermsWay.NOT_ASKED
    terms_reason: str = ""
    evidence: Evidence | None = None
    expected_cents: int | None = None
    starts_on: date | None = None
    server_id: UUID | None = None
    token: str = ""
    seen: str = ""

    @property
    def reprices(self) -> bool:
        return self.plan_cents is not None or bool(self.off_cents)
