"""What comes next for an invoice, and when. The run takes it, the simulator shows it: one function.

Letters: of those whose day has come only the last is sent; the others are passed over.
Services: one step at a time, each as far behind the one before as the ladder says, and never before
the day that a letter, sent early enough, has told the customer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from alicerce.apps.dunning.rules.calendar import instant, within_business, within_hours
from alicerce.apps.dunning.types import (
    LETTERS,
    ON_SERVICES,
    Course,
    LadderSpec,
    Mark,
    Planned,
    Rung,
    StepKind,
)
from alicerce.kernel.business_days import DAY, payable_until

ORDER = (
    StepKind.OVERDUE,
    StepKind.BANNER,
    StepKind.INVOICE,
    StepKind.REMINDER,
    StepKind.NOTICE,
    *ON_SERVICES,
)
OVERDUE = "overdue"


def plan(ladder: LadderSpec, course: Course, *, at: datetime) -> tuple[Planned, ...]:
    """Everything to come from this moment on, if nobody pays."""
    return tuple(_coming(ladder, course, at))


def _coming(ladder: LadderSpec, course: Course, at: datetime) -> Iterator[Planned]:
    while step := next_step(ladder, course, at=at):
        yield step
        course, at = course.after(step), step.at


def next_step(ladder: LadderSpec, course: Course, *, at: datetime) -> Planned | None:
    """The step that comes first, not before `at`; None at the end of the ladder."""
    view = _View(ladder, course, at)
    found = [view.overdue(), view.banner(), view.letter(), view.on_services()]
    ahead = [step for step in found if step]
    return min(ahead, key=lambda step: (step.at, ORDER.index(step.kind)), default=None)


def overdue_from(course: Course) -> date:
    """The first day on which the invoice is late, whatever its customer was granted."""
    return payable_until(course.due_on) + DAY


def day_of(course: Course, offset_days: int) -> date:
    """The local day of a step. Only what comes after the due date is put off for a customer."""
    if offset_days <= 0:
        return course.due_on + timedelta(days=offset_days)
    day = payable_until(course.due_on) + timedelta(days=offset_days + course.extra_days)
    return max(day, course.exempt_until + DAY) if course.exempt_until else day


def _late_from(course: Course) -> date:
    """The first day on which a late customer may be told so."""
    day = overdue_from(course)
    return max(day, course.exempt_until + DAY) if course.exempt_until else day


@dataclass(frozen=True, slots=True)
class _View:
    """A ladder and an invoice at one moment."""

    ladder: LadderSpec
    course: Course
    at: datetime

    def overdue(self) -> Planned | None:
        if self.course.has_taken(OVERDUE):
            return None
        midnight = instant(overdue_from(self.course), 0, self.course.zone)
        return Planned(OVERDUE, StepKind.OVERDUE, 1, max(midnight, self.at))

    def banner(self) -> Planned | None:
        waiting = [rung for rung in self._waiting() if rung.kind == StepKind.BANNER]
        if not waiting:
            return None
        return _planned(waiting[0], max(self._moment(waiting[0].offset_days), self.at))

    def letter(self) -> Planned | None:
        """The last of those whose day has come by the time one may be sent."""
        sent = max((mark.offset_days for mark in self._marks(LETTERS)), default=None)
        waiting = [
            rung
            for rung in self._waiting()
            if rung.is_letter and (sent is None or rung.offset_days > sent)
            if not self._was_just_issued(rung)
        ]
        if not waiting:
            return None
        when = self._hours(max(self._moment(waiting[0].offset_days), self.at))
        reached = [rung for rung in waiting if self._moment(rung.offset_days) <= when]
        *passed, rung = reached
        step = replace(_planned(rung, when), skips=tuple(passed))
        return self._telling(step) if rung.offset_days > 0 else step

    def _was_just_issued(self, rung: Rung) -> bool:
        """Whoever was sent the invoice as it was issued is not sent it again within a day."""
        told_until = self.course.opened_at + DAY
        return rung.kind == StepKind.INVOICE and self._moment(rung.offset_days) < told_until

    def on_services(self) -> Planned | None:
        """The next thing done to services, or the notice that must go before it."""
        rung = self._next_on_services()
        if rung is None:
            return None
        told = self._told(rung)
        earliest = self._earliest(rung)
        if told is None:
            return self._notice(rung, earliest)
        when = self._business(max(earliest, told, self.at))
        return self._telling(_planned(rung, when))

    def _notice(self, rung: Rung, earliest: datetime) -> Planned:
        first = self._opening(_late_from(self.course))
        when = self._hours(max(earliest - self.ladder.terms.notice, first, self.at))
        step = Planned(f"notice:{rung.key}", StepKind.NOTICE, rung.offset_days, when)
        return self._telling(step)

    def _telling(self, step: Planned) -> Planned:
        """With what its letter promises: the next thing done to services, and not before when."""
        after = replace(self, course=self.course.after(step), at=step.at)
        rung = after._next_on_services()  # noqa: SLF001  another view of the same
        if rung is None:
            return step
        told = after._told(rung) or step.at + self.ladder.terms.notice  # noqa: SLF001
        when = self._business(max(after._earliest(rung), told))  # noqa: SLF001
        return replace(step, announces=rung.key, announced_at=when)

    def _next_on_services(self) -> Rung | None:
        if not self.course.has_services:
            return None
        done = max((mark.offset_days for mark in self._marks(ON_SERVICES)), default=0)
        ahead = (
            rung for rung in self._waiting() if rung.is_on_services and rung.offset_days > done
        )
        return next(ahead, None)

    def _earliest(self, rung: Rung) -> datetime:
        """Its own day, and as far behind the step before as the ladder says, whenever that was."""
        moment = self._moment(rung.offset_days)
        last = max(self._marks(ON_SERVICES), key=lambda mark: mark.at, default=None)
        if last is None:
            return moment
        day = last.at.astimezone(self.course.zone).date()
        gap = timedelta(days=rung.offset_days - last.offset_days)
        return max(moment, self._opening(day + gap))

    def _told(self, rung: Rung) -> datetime | None:
        """The moment that a letter told the customer, the latest word on it."""
        words = [
            mark.announced_at
            for mark in self.course.marks
            if mark.announces == rung.key and mark.announced_at
        ]
        return max(words, default=None)

    def _waiting(self) -> list[Rung]:
        taken = {mark.step for mark in self.course.marks}
        return [rung for rung in self.ladder.in_order if rung.key not in taken]

    def _marks(self, kinds: Sequence[StepKind] | frozenset[StepKind]) -> list[Mark]:
        return [mark for mark in self.course.marks if mark.kind in kinds]

    def _moment(self, offset_days: int) -> datetime:
        return self._opening(day_of(self.course, offset_days))

    def _opening(self, day: date) -> datetime:
        return instant(day, self.ladder.terms.opens, self.course.zone)

    def _hours(self, at: datetime) -> datetime:
        return within_hours(at, self.ladder.terms, self.course.zone)

    def _business(self, at: datetime) -> datetime:
        return within_business(at, self.ladder.terms, self.course.zone)


def _planned(rung: Rung, at: datetime) -> Planned:
    return Planned(rung.key, rung.kind, rung.offset_days, at, rung.note)
