"""An open invoice on its ladder: the very plan of the run, step by step."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial

from alicerce.apps.dunning import public as dunning
from alicerce.apps.dunning.types import (
    LETTERS,
    ON_SERVICES,
    STOPS,
    Course,
    LadderSpec,
    Outcome,
    Planned,
    StepKind,
)
from alicerce.apps.forecasts.rules.diary import LADDER, Diary
from alicerce.apps.forecasts.rules.ending import end_subscription
from alicerce.apps.forecasts.rules.owed import Owed
from alicerce.apps.forecasts.types import HappeningKind
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types import SubscriptionStatus, SuspendCause

TO_TELL = LETTERS | {StepKind.NOTICE}
HELD_ALREADY = {SuspendCause.UNPAID, SuspendCause.DISPUTE}


def climb(diary: Diary, invoice: Owed, at: datetime) -> None:
    """Take what is due, and wait for what the plan says next."""
    while invoice.is_open:
        services = diary.services_of(invoice)
        step = _next_step(diary.ladder, _course(diary, invoice, bool(services)), at)
        if step is None:
            return
        if step.at > at:
            diary.plan(step.at, LADDER, partial(climb, diary, invoice))
            return
        _take(diary, invoice, step, services, at)


@lru_cache(maxsize=4096)
def _next_step(ladder: LadderSpec, course: Course, at: datetime) -> Planned | None:
    """The plan's own answer, kept: whoever is asked for money on the same day climbs the same steps."""
    return dunning.next_step(ladder, course, at=at)


def _course(diary: Diary, invoice: Owed, has_services: bool) -> Course:  # noqa: FBT001
    override = diary.book.override
    return Course(
        invoice.due_on,
        invoice.opened_at,
        diary.world.zone,
        has_services=has_services,
        extra_days=override.extra_days if override else 0,
        exempt_until=override.exempt_until if override else None,
        marks=invoice.marks,
    )


def _take(
    diary: Diary,
    invoice: Owed,
    step: Planned,
    services: Sequence[subscriptions.Kept],
    at: datetime,
) -> None:
    outcome = Outcome.DONE
    if step.kind == StepKind.OVERDUE:
        _fall_overdue(diary, invoice, services, at)
    elif step.kind in ON_SERVICES:
        touched = [_touch(diary, invoice, step, one, at) for one in services]
        outcome = Outcome.DONE if any(touched) else Outcome.NOTHING
    elif step.kind == StepKind.BANNER:
        diary.write(HappeningKind.BANNER, at, step=step.step, invoice=invoice)
    if (step.kind in TO_TELL or step.kind in ON_SERVICES) and outcome == Outcome.DONE:
        template = dunning.TEMPLATES[step.kind]
        diary.mail(template, at, invoice=invoice, step=step.step)
    *passed, own = step.marks(at=at)
    if outcome != Outcome.DONE:
        own = replace(own, outcome=outcome, announces="", announced_at=None)
    invoice.marks = (*invoice.marks, *passed, own)


def _fall_overdue(
    diary: Diary, invoice: Owed, services: Sequence[subscriptions.Kept], at: datetime
) -> None:
    invoice.is_overdue = True
    for one in services:
        one.move(SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE)
    diary.write(
        HappeningKind.OVERDUE,
        at,
        step="overdue",
        invoice=invoice,
        cents=invoice.remaining_cents,
    )


def _touch(
    diary: Diary, invoice: Owed, step: Planned, one: subscriptions.Kept, at: datetime
) -> bool:
    if step.kind == StepKind.END:
        is_ours = one.cause in {"", SuspendCause.UNPAID}
        return is_ours and end_subscription(
            diary, one, at, what="unpaid", step=step.step, invoice=invoice
        )
    was_held = one.cause in HELD_ALREADY
    scope = STOPS[step.kind]
    has_changed = one.suspend(scope, diary.shelf.terms)
    if has_changed:
        subscriptions.stop_addons(diary.shelf, one)
        diary.write(
            HappeningKind.SUSPENSION,
            at,
            what=scope.value,
            step=step.step,
            invoice=invoice,
            subscription_id=one.id,
        )
    if has_changed or was_held:
        invoice.holds.add(one.id)
    return has_changed
