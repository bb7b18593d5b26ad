"""Bill here from now on what was brought; or give it back, while nothing of it was billed."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import LineKind, NewLine
from alicerce.apps.billing.types.issuers import OF_OLD
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.switching.errors import (
    AlreadyHere,
    AnotherAtWork,
    NoComparison,
    UnexplainedLeft,
)
from alicerce.apps.switching.events import BillingCrossed, CourseStepDue
from alicerce.apps.switching.models import (
    Dump,
    Link,
    OldInvoice,
    Shadow,
    ShadowDifference,
    Switch,
)
from alicerce.apps.switching.rules.reading.values import noon
from alicerce.apps.switching.services.giving_back import give_some_back
from alicerce.apps.switching.services.upload import held_switch
from alicerce.apps.switching.types import Course, DumpStage, Place
from alicerce.kernel.bulk import update_rows
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.money import Money

AT_ONCE = 500
HERE = "here"
CREDITED = "credited"


@transaction()
def begin_crossing(*, at: datetime) -> None:
    """From here on the book is billed here. Raises AlreadyHere, AnotherAtWork, NoComparison, UnexplainedLeft."""
    switch = held_switch()
    _ready(switch)
    shadow = crossing_shadow()
    if shadow is None:
        raise NoComparison
    left = ShadowDifference.objects.filter(shadow=shadow, is_explained=False).count()
    if left:
        raise UnexplainedLeft
    switch.shadow = shadow
    switch.set_out(Course.CROSSING, at=at, unexplained=left)
    _record("crossing", switch, {"shadow_id": shadow.id}, at=at)
    publish(CourseStepDue(at=at, step=switch.step))


@transaction()
def begin_undoing(*, at: datetime) -> None:
    """Give back what was brought; what people here worked on stays. Raises AlreadyHere, AnotherAtWork."""
    switch = held_switch()
    _ready(switch)
    for model in (Shadow,):
        model.objects.all().delete()
    switch.set_out(Course.UNDOING, at=at)
    _record("undoing", switch, {}, at=at)
    publish(CourseStepDue(at=at, step=switch.step))


@transaction()
def take_course_step(*, step: int, at: datetime) -> bool:
    """Some rows; False when nothing is left, or this step was done."""
    switch = held_switch()
    if switch.step != step or switch.course not in {Course.CROSSING, Course.UNDOING}:
        return False
    if switch.course == Course.UNDOING:
        if not give_some_back(most=AT_ONCE):
            switch.arrive(Course.BESIDE, at=at)
            _record("undone", switch, {"kept": Link.objects.count()}, at=at)
            return False
    elif not any(act(switch, at) for act in CROSSING):
        _arrive(switch, at=at)
        return False
    switch.step_on()
    publish(CourseStepDue(at=at, step=switch.step))
    return True


def crossing_shadow() -> Shadow | None:
    """The comparison that decides: of the newest dump, which was brought since."""
    dump = (
        Dump.objects.filter(stage__in=[DumpStage.EXAMINED, DumpStage.BROUGHT])
        .newest_first()
        .first()
    )
    if dump is None or dump.stage != DumpStage.BROUGHT:
        return None
    own = Shadow.objects.filter(dump_id=dump.id, finished_at__isnull=False)
    found: Shadow | None = own.order_by("-id").first()
    return found


def _ready(switch: Switch) -> None:
    if switch.course == Course.HERE:
        raise AlreadyHere
    if switch.course != Course.BESIDE or Dump.objects.at_work().exists():
        raise AnotherAtWork


def _open_invoices(switch: Switch, at: datetime) -> bool:
    """What is still to be paid of invoices there, under their numbers."""
    waiting = OldInvoice.objects.filter(owed_cents__gt=0, invoice_id__isnull=True)
    rows = list(waiting.order_by("id")[:AT_ONCE])
    ids = billing.take_over(invoices=[_to_open(row) for row in rows], at=at) if rows else []
    pairs = [(row.id, id_) for row, id_ in zip(rows, ids, strict=True)]
    update_rows(OldInvoice, ("id", "invoice_id"), pairs)
    switch.invoices += len(rows)
    return bool(rows)


def _to_open(row: OldInvoice) -> billing.OldInvoice:
    lines = [(words, cents) for words, cents in row.lines if cents]
    settled = sum(cents for _, cents in lines) - row.owed_cents
    if settled:
        lines.append(("Já pago", -settled))
    return billing.OldInvoice(
        customer_id=row.customer_id,
        series=OF_OLD,
        number=row.source_id,
        lines=[
            NewLine(words, 1, Money(cents, row.currency), LineKind.ADJUSTMENT)
            for words, cents in lines
        ],
        due_on=row.due_on,
        issued_at=noon(row.issued_on),
    )


def _keep_credits(switch: Switch, at: datetime) -> bool:
    waiting = Link.objects.of(Place.CLIENTS).filter(beside__credit__gt=0)
    rows = list(waiting.exclude(beside__has_key=CREDITED).order_by("id")[:AT_ONCE])
    billing.take_over_credit(
        held=[
            billing.OldCredit(
                link.entity_id,
                Money(link.beside["credit"], link.beside["currency"]),
                str(link.source_id),
            )
            for link in rows
        ],
        at=at,
    )
    for link in rows:
        link.beside[CREDITED] = True
    Link.objects.bulk_update(rows, ("beside",))
    switch.credits += len(rows)
    return bool(rows)


def _begin_billing(switch: Switch, at: datetime) -> bool:
    """Last: what is billed pays itself with the credit that is there by now."""
    waiting = Link.objects.filter(entity="subscription").exclude(mark=HERE)
    rows = list(waiting.order_by("id")[:AT_ONCE])
    switch.subscriptions += subscriptions.begin_billing(
        subscription_ids=[link.entity_id for link in rows], at=at
    )
    Link.objects.filter(pk__in=[link.id for link in rows]).update(mark=HERE)
    return bool(rows)


CROSSING: tuple[Callable[[Switch, datetime], bool], ...] = (
    _open_invoices,
    _keep_credits,
    _begin_billing,
)
"""In this order; the next begins when nothing is left of the one before."""


def _arrive(switch: Switch, *, at: datetime) -> None:
    switch.arrive(Course.HERE, at=at)
    _record(
        "crossed",
        switch,
        {
            "subscriptions": switch.subscriptions,
            "invoices": switch.invoices,
            "credits": switch.credits,
        },
        at=at,
    )
    publish(BillingCrossed(at=at, subscriptions=switch.subscriptions, invoices=switch.invoices))


def _record(what: str, switch: Switch, after: dict[str, UUID | int], *, at: datetime) -> None:
    audit.record(
        action=f"switching.{what}",
        entity="switch",
        entity_id=switch.id,
        after=after,
        at=at,
    )
