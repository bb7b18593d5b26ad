"""Ask many customers into the client area: some letters at a time, some a day, at decent hours."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Sum

from alicerce.apps.audit import public as audit
from alicerce.apps.customers.errors import NobodyToInvite, NoSuchRound, RoundRunning
from alicerce.apps.customers.events import InvitationRoundFinished, RoundStepDue
from alicerce.apps.customers.models import Customer, Invitation, InvitationRound
from alicerce.apps.customers.ports import letter_hours
from alicerce.apps.customers.queries.customers import narrowed
from alicerce.apps.customers.queries.rounds import INVITED, outlook, with_reasons
from alicerce.apps.customers.rules import MOST_LETTERS_A_DAY
from alicerce.apps.customers.rules.wanted import as_words, from_words
from alicerce.apps.customers.services.give_access import offer
from alicerce.apps.customers.types import CustomerRole, Exchange, InvitationReason, Wanted
from alicerce.apps.customers.types.rounds import LeftOut
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

STEP, A_DAY = 25, timedelta(days=1)


@transaction()
def start_round(*, wanted: Wanted, a_day: int, user_id: UUID, at: datetime) -> UUID:
    """Invite everybody on a list as it is narrowed now. Raises NobodyToInvite, RoundRunning."""
    expected = outlook(wanted, at=at).invited
    if not expected:
        raise NobodyToInvite
    row = InvitationRound(
        owner_id=user_id,
        wanted=as_words(wanted),
        a_day=max(1, min(a_day, MOST_LETTERS_A_DAY)),
        expected=expected,
    )
    if not InvitationRound.objects.add_once(row):
        raise RoundRunning
    _record("started", row, {"expected": expected, "a_day": row.a_day}, at=at)
    publish(RoundStepDue(at=at, round_id=row.id, part=0))
    return UUID(str(row.id))


@transaction()
def take_round_step(*, round_id: UUID, part: int, at: datetime) -> None:
    """The next letters, or a wait until they may leave. Once they left, the same part does nothing more."""
    row = _locked(round_id)
    if row.state != Exchange.RUNNING or row.part != part:
        return
    day = at.astimezone(_zone()).date()
    room = row.a_day - _written_on(day)
    opens_at = _decent(at) if room > 0 else _decent(_midnight_after(day))
    if opens_at > at:
        row.wait(opens_at)
        return
    _write(row, min(room, STEP), day, at=at)


def _write(row: InvitationRound, most: int, day: date, *, at: datetime) -> None:
    found = _next(row, most + 1)
    customers = found[:most]
    reasons = Counter(_invite(row, customer, at=at) for customer in customers)
    invited = reasons.pop(INVITED, 0)
    row.advance(invited, reasons, before=customers[-1].id if customers else None, day=day)
    if len(found) > most:
        publish(RoundStepDue(at=at, round_id=row.id, part=row.part))
        return
    row.finish(Exchange.DONE, at=at)
    _record(
        "finished", row, {"invited": row.invited, "left_out": sum(row.left_out.values())}, at=at
    )
    publish(InvitationRoundFinished(at=at, round_id=row.id, invited=row.invited))


def _next(row: InvitationRound, most: int) -> list[Customer]:
    """Held, so that nobody else invites them meanwhile; who came after the round began is not on it."""
    rows = narrowed(from_words(row.wanted)).filter(created_at__lte=row.created_at)
    if row.before is not None:
        rows = rows.filter(pk__lt=row.before)
    return list(rows.order_by("-id").select_for_update(of=("self",))[:most])


def _invite(row: InvitationRound, customer: Customer, *, at: datetime) -> str:
    """Why they were left out, asked when their turn comes; nothing when a letter leaves."""
    [seen] = with_reasons(Customer.objects.filter(pk=customer.pk), at=at)
    if seen.reason != INVITED:
        return str(seen.reason)
    email = customer.email.lower()
    if Invitation.objects.filter(round=row, email=email).exists():
        return LeftOut.SAME_MAILBOX
    offer(
        customer=customer,
        email=email,
        role=CustomerRole.OWNER,
        reason=InvitationReason.INVITED,
        at=at,
        round_id=row.id,
    )
    return INVITED


@transaction()
def stop_round(*, round_id: UUID, at: datetime) -> bool:
    """No further letter; those that left stay valid. False when it was over. Raises NoSuchRound."""
    return _end(_locked(round_id), Exchange.CANCELED, "canceled", at=at)


@transaction()
def abandon_round(*, round_id: UUID, part: int, at: datetime) -> bool:
    """The job that was to write this part died for good. False when it was not waited for."""
    row = _locked(round_id)
    return row.part == part and _end(row, Exchange.FAILED, "failed", at=at)


def _end(row: InvitationRound, state: Exchange, what: str, *, at: datetime) -> bool:
    if not row.finish(state, at=at):
        return False
    _record(what, row, {"invited": row.invited}, at=at)
    return True


def _locked(round_id: UUID) -> InvitationRound:
    try:
        row: InvitationRound = InvitationRound.objects.lock(round_id)
    except InvitationRound.DoesNotExist:
        raise NoSuchRound from None
    return row


def _written_on(day: date) -> int:
    """By all rounds: one that was stopped and begun anew has no second share of the day."""
    that_day = InvitationRound.objects.filter(last_on=day)
    return that_day.aggregate(sum=Sum("last_count"))["sum"] or 0


def _decent(at: datetime) -> datetime:
    """This instant, or the next at which customers are written to."""
    return max([at, *(next_hour(at) for next_hour in letter_hours.values())])


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + A_DAY, time(), _zone()).astimezone(ZoneInfo("UTC"))


def _zone() -> ZoneInfo:
    return ZoneInfo(tenancy.time_zone())


def _record(
    what: str, row: InvitationRound, after: Mapping[str, object], *, at: datetime
) -> None:
    audit.record(
        action=f"invitation_round.{what}",
        entity="invitation_round",
        entity_id=row.id,
        after=after,
        at=at,
    )
