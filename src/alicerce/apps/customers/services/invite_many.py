"""Ask many customers into the client area: some letters at a time, some a day, at decent hours."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
    reasons = Counter(_invite_all(row, customers, at=at))
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


def _invite_all(
    row: InvitationRound, customers: Sequence[Customer], *, at: datetime
) -> Iterator[str]:
    """Why each was left out, asked when their turn comes; nothing where a letter leaves."""
    turn = Customer.objects.filter(pk__in=[each.pk for each in customers])
    seen = dict(with_reasons(turn, at=at).values_list("pk", "reason"))
    emails = {each.email.lower() for each in customers}
    told = Invitation.objects.filter(round=row, email__in=emails)
    written = set(told.values_list("email", flat=True))
    for customer in customers:
        email, reason = customer.email.lower(), seen[customer.pk]
        if reason == INVITED and email in written:
            reason = LeftOut.SAME_MAILBOX
        if reason == INVITED:
            _invite(row, customer, email, at=at)
            written.add(email)
        yield str(reason)


def _invite(row: InvitationRound, customer: Customer, email: str, *, at: datetime) -> None:
    offer(
        customer=customer,
        email=email,
        role=CustomerRole.OWNER,
        reason=InvitationReason.INVITED,
        at=at,
        round_id=row.id,
    )


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
