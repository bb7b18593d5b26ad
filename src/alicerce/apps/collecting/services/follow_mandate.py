"""Take over what a PSP says of an authorisation. Whatever brought the news, the PSP is asked."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.collecting.events import (
    DebitChanged,
    MandateApproved,
    MandateChanged,
    MandateReady,
    MandateUnwanted,
)
from alicerce.apps.collecting.models import Debit, Mandate
from alicerce.apps.collecting.ports import Authorizer, MandateOrder, Standing, mandate_names
from alicerce.apps.collecting.services.authorizing import open_authorizer, order_of
from alicerce.apps.collecting.services.revoke_mandate import let_go
from alicerce.apps.collecting.services.write_debit_letters import (
    tell_approval,
    tell_no_answer,
    tell_reminder,
)
from alicerce.apps.collecting.types import PENDING, AppStep, EndedBy, Journey, MandateStatus
from alicerce.kernel import locks
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

BATCH = 200
SOON, DAY = timedelta(minutes=5), timedelta(days=1)
GRACE = timedelta(hours=1)
PATIENCE = timedelta(days=30)
"""For how long a bank waits for its customer's answer (IN BCB 513/2024, art. 3)."""


def look_at_mandate(*, mandate_id: UUID, at: datetime) -> None:
    """Raises Unavailable or Unknown."""
    found = _order(mandate_id)
    if found is None:
        return
    authorizer, order = found
    standing = authorizer.find(order)
    if standing is not None:
        take_over_mandate(mandate_id=mandate_id, told=standing, at=at)


@transaction()
def take_over_mandate(*, mandate_id: UUID, told: Standing, at: datetime) -> None:
    """What is over here stays over; who revoked it while its payer agreed has it ended there."""
    customer_id = Mandate.objects.values_list("customer_id", flat=True).get(pk=mandate_id)
    locks.hold(f"mandates:{customer_id}")
    mandate = Mandate.objects.lock(mandate_id)
    if told.status == MandateStatus.APPROVED:
        _approve(mandate, at=at)
    elif told.status == MandateStatus.ENDED:
        let_go(
            mandate=mandate,
            by=told.ended_by or EndedBy.BANK,
            at=at,
            reason=told.reason or "ended",
        )
    elif told.status:
        _never(mandate, told, at=at)
    else:
        _wait_on(mandate, told, at=at)


@transaction()
def find_mandates(*, at: datetime) -> list[UUID]:
    """Whom to ask about, the longest waiting first; those that nobody wants are ended again."""
    rows = list(Mandate.objects.to_look_at(at)[:BATCH])
    for row in rows:
        row.look_again(_next_look(row, at=at))
        kind = MandateUnwanted if row.is_unwanted else MandateChanged
        publish(kind(at=at, mandate_id=row.id))
    return [row.id for row in rows]


@transaction()
def read_mandate_notice(*, notice_id: UUID, at: datetime) -> None:
    """Have all that a notice is about looked at."""
    notice = billing.notice(notice_id)
    read = mandate_names.get(notice.kind)
    names = read(notice.raw) if read else ()
    if not names:  # most notices of Pix are about payments
        return
    own = Mandate.objects.filter(account_id=notice.account_id, external_id__in=names)
    for mandate_id in own.values_list("id", flat=True):
        publish(MandateChanged(at=at, mandate_id=mandate_id))
    scheduled = Debit.objects.under_way().filter(charge__external_id__in=names)
    for debit_id in scheduled.values_list("id", flat=True):
        publish(DebitChanged(at=at, debit_id=debit_id))


@transaction()
def _order(mandate_id: UUID) -> tuple[Authorizer, MandateOrder] | None:
    mandate = Mandate.objects.get(pk=mandate_id)
    if not mandate.external_id:
        return None
    return open_authorizer(account_id=mandate.account_id), order_of(mandate=mandate)


def _approve(mandate: Mandate, *, at: datetime) -> None:
    """Of two that were both agreed to, the first is used, and the other ends."""
    other = Mandate.objects.approved().filter(customer_id=mandate.customer_id)
    if mandate.status in PENDING and other.exclude(pk=mandate.pk).exists():
        let_go(mandate=mandate, by=EndedBy.COMPANY, at=at)
        return
    if not mandate.approve(at=at, look_at=at + DAY):
        if mandate.status == MandateStatus.ENDED and not mandate.is_unwanted:
            mandate.want_no_more(look_at=at + SOON)
            publish(MandateUnwanted(at=at, mandate_id=mandate.id))
        return
    audit.record(
        action="mandate.approved",
        entity="customer",
        entity_id=mandate.customer_id,
        after={"mandate_id": mandate.id},
        at=at,
    )
    tell_approval(mandate=mandate, at=at)
    publish(MandateApproved(at=at, mandate_id=mandate.id, customer_id=mandate.customer_id))
    publish(MandateReady(at=at, customer_id=mandate.customer_id))


def _never(mandate: Mandate, told: Standing, *, at: datetime) -> None:
    """What can be authorised no more, and yet stands at its PSP, is ended there too."""
    assert told.status is not None
    if mandate.end(told.status, at=at, by=EndedBy.CUSTOMER, reason=told.reason):
        if told.is_left:
            mandate.want_no_more(look_at=at + SOON)
            publish(MandateUnwanted(at=at, mandate_id=mandate.id))
        audit.record(
            action="mandate.declined",
            entity="customer",
            entity_id=mandate.customer_id,
            after={"mandate_id": mandate.id, "status": told.status, "reason": told.reason},
            at=at,
        )
        if mandate.journey == Journey.IN_APP:
            tell_no_answer(mandate=mandate, at=at)


def _wait_on(mandate: Mandate, told: Standing, *, at: datetime) -> None:
    mandate.reach(told.shown.step if told.shown else None)
    if _is_past(mandate, at=at):
        left = replace(told, status=MandateStatus.EXPIRED, is_left=True)
        _never(mandate, left, at=at)
        return
    if mandate.remind(at=at):
        tell_reminder(mandate=mandate, at=at)
    mandate.look_again(_next_look(mandate, at=at))


def _is_past(mandate: Mandate, *, at: datetime) -> bool:
    """A PSP that says nothing of it is not waited for: what was not agreed to in time is over.

    What its payer did agree to may take its PSP long to approve, but not for ever.
    """
    until = mandate.answer_until
    grace = PATIENCE if mandate.step == AppStep.ACCEPTED else GRACE
    return mandate.status == MandateStatus.OPEN and until is not None and at > until + grace


def _next_look(mandate: Mandate, *, at: datetime) -> datetime | None:
    if mandate.is_unwanted:
        return at + SOON
    if mandate.status == MandateStatus.APPROVED:
        return at + DAY
    # One that a bank shows is looked at until it is past, or it would stand in the way of another for ever.
    is_shown = mandate.status == MandateStatus.OPEN and mandate.answer_until is not None
    is_waiting = mandate.status in PENDING and at < mandate.asked_at + PATIENCE
    return at + SOON if is_waiting or is_shown else None
