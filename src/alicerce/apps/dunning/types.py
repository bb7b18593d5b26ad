"""The words of dunning. Plain Python: safe to import anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.subscriptions.types import Scope


class StepKind(StrEnum):
    """What a step does. The last two are never put on a ladder: the plan adds them by itself."""

    INVOICE = "invoice"
    REMINDER = "reminder"
    BANNER = "banner"
    SUSPEND_WEB = "suspend_web"
    SUSPEND_ALL = "suspend_all"
    END = "end"
    OVERDUE = "overdue"
    NOTICE = "notice"


LETTERS = frozenset({StepKind.INVOICE, StepKind.REMINDER})
STOPS = {StepKind.SUSPEND_WEB: Scope.WEB, StepKind.SUSPEND_ALL: Scope.ALL}
ON_SERVICES = (StepKind.SUSPEND_WEB, StepKind.SUSPEND_ALL, StepKind.END)
"""What is done to services, in the only order that makes sense."""
CHOOSABLE = (StepKind.INVOICE, StepKind.REMINDER, StepKind.BANNER, *ON_SERVICES)
ONCE = frozenset({StepKind.BANNER, *ON_SERVICES})
"""At most one of each on a ladder: its kind is its key, so that no edit makes it happen twice."""


class Outcome(StrEnum):
    """What became of a step."""

    DONE = "done"
    SKIPPED = "skipped"  # a later letter said it all
    NOTHING = "nothing"  # no service was there to be touched


class End(StrEnum):
    """Why an invoice left the ladder."""

    PAID = "paid"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of a ladder: so many days from the due date, before it when below zero."""

    key: str
    offset_days: int
    kind: StepKind
    note: str = ""

    @property
    def is_letter(self) -> bool:
        return self.kind in LETTERS

    @property
    def is_on_services(self) -> bool:
        return self.kind in ON_SERVICES


@dataclass(frozen=True, slots=True)
class Terms:
    """When a company lets its ladder act, and how long before a notice must have gone."""

    opens: int = 8
    closes: int = 20
    on_business_days: bool = True
    notice_hours: int = 24

    @property
    def notice(self) -> timedelta:
        return timedelta(hours=self.notice_hours)


@dataclass(frozen=True, slots=True)
class LadderSpec:
    """What a ladder is, as it is edited, planned with and kept."""

    terms: Terms
    rungs: tuple[Rung, ...]

    @property
    def in_order(self) -> tuple[Rung, ...]:
        return tuple(sorted(self.rungs, key=lambda rung: rung.offset_days))


@dataclass(frozen=True, slots=True)
class LadderCard:
    """A ladder in its newest version. The shipped one has no id, and version 0."""

    id: UUID | None
    name: str
    version: int
    is_default: bool
    spec: LadderSpec


@dataclass(frozen=True, slots=True)
class Mark:
    """A step that was taken, as far as what comes next depends on it."""

    step: str
    kind: StepKind
    offset_days: int
    at: datetime
    outcome: Outcome = Outcome.DONE
    announces: str = ""
    announced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A step to come: when it may be taken, and what its letter promises."""

    step: str
    kind: StepKind
    offset_days: int
    at: datetime
    note: str = ""
    announces: str = ""
    announced_at: datetime | None = None
    skips: tuple[Rung, ...] = ()

    def marks(self, *, at: datetime) -> tuple[Mark, ...]:
        """What stays on record once it is taken: itself, and the letters it makes needless."""
        skipped = (
            Mark(rung.key, rung.kind, rung.offset_days, at, Outcome.SKIPPED)
            for rung in self.skips
        )
        own = Mark(
            self.step,
            self.kind,
            self.offset_days,
            at,
            announces=self.announces,
            announced_at=self.announced_at,
        )
        return (*skipped, own)


@dataclass(frozen=True, slots=True)
class Course:
    """An invoice on its way down a ladder: all that the plan depends on."""

    due_on: date
    opened_at: datetime
    zone: ZoneInfo
    has_services: bool = True
    extra_days: int = 0
    exempt_until: date | None = None
    marks: tuple[Mark, ...] = ()

    def after(self, step: Planned) -> "Course":
        return replace(self, marks=(*self.marks, *step.marks(at=step.at)))

    def has_taken(self, step: str) -> bool:
        return any(mark.step == step for mark in self.marks)


@dataclass(frozen=True, slots=True)
class OverrideCard:
    """What holds for one customer instead of the rule."""

    customer_id: UUID
    ladder_id: UUID | None
    extra_days: int
    exempt_until: date | None
    reason: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class TakenView:
    """A step on record."""

    step: str
    kind: StepKind
    offset_days: int
    at: datetime
    outcome: Outcome
    ladder: str
    version: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an invoice stands on its ladder: what was done, and all that is still to come."""

    invoice_id: UUID
    customer_id: UUID
    due_on: date
    overdue_at: datetime | None
    ended_at: datetime | None
    ladder: LadderCard
    taken: Sequence[TakenView] = ()
    course: Course | None = None
    coming: Sequence[Planned] = ()

    @property
    def next(self) -> Planned | None:
        return self.coming[0] if self.coming else None


@dataclass(frozen=True, slots=True)
class OverduePage:
    """A page of invoices past their day, the longest due first."""

    standings: tuple[Standing, ...]
    next_after: str
