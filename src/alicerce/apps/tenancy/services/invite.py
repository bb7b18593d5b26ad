"""Asking somebody in: to work for a company, or to pay for it.

Nobody looks up whether the address is known: the inviter learns nothing, in words or in time.
"""

from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.identity import public as identity
from alicerce.apps.tenancy.errors import (
    InvitationGone,
    OwnerStays,
    SignInFirst,
    TooManyInvitations,
    UnknownInvitation,
    WrongPerson,
)
from alicerce.apps.tenancy.events import MemberInvited, PayerInvited
from alicerce.apps.tenancy.models import Invitation, Membership
from alicerce.apps.tenancy.ports import was_revoked
from alicerce.apps.tenancy.queries.invitations import invitation_by
from alicerce.apps.tenancy.queries.team import permissions_held
from alicerce.apps.tenancy.rules import (
    INVITATION_LASTS,
    MOST_LETTERS,
    MOST_LETTERS_A_DAY,
    MOST_OPEN_INVITATIONS,
    gives_power,
)
from alicerce.apps.tenancy.services.limits import keep_within, refuse_when_full
from alicerce.apps.tenancy.services.payers import answer_for, pay_for
from alicerce.apps.tenancy.services.team import (
    TEAM,
    known_role,
    record_join,
    require_person,
    require_power,
)
from alicerce.apps.tenancy.types import (
    InvitationStatus,
    Invited,
    LimitKey,
    Purpose,
    RoleKey,
)
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold


@transaction()
def invite_member(
    *, email: str, role: str, by: UUID, at: datetime, key_id: UUID | None = None
) -> UUID:
    """Ask an address to join under a role. Asked again, it gets a new letter.

    Raises UnknownRole, NotYours, OwnerStays, LimitReached, TooManyInvitations, and GivenByPeople when
    a key asks.
    """
    hold(TEAM)
    _require_may_give(role, by, by_program=key_id is not None)
    refuse_when_full(key=LimitKey.MEMBERS, at=at)
    return _ask(Purpose.MEMBER, email, role=role, by=by, key_id=key_id, at=at)


def _require_may_give(role: str, by: UUID, *, by_program: bool = False) -> None:
    if role == RoleKey.OWNER:
        raise OwnerStays
    wanted = known_role(key=role)
    require_power(by=by, over=[wanted])
    if by_program:
        require_person(role=wanted)


@transaction()
def invite_payer(*, email: str, by: UUID, at: datetime) -> None:
    """Ask an address to pay for the current tenant from now on. Raises TooManyInvitations."""
    hold(TEAM)
    answer_for(user_id=by)
    _ask(Purpose.PAYER, email, role="", by=by, at=at)


def _ask(
    purpose: Purpose,
    email: str,
    *,
    role: str,
    by: UUID,
    at: datetime,
    key_id: UUID | None = None,
) -> UUID:
    email, waiting = email.strip().lower(), Invitation.objects.open().filter(purpose=purpose)
    invitation = waiting.filter(email=email).first()
    if invitation is None:
        if waiting.count() >= MOST_OPEN_INVITATIONS:
            raise TooManyInvitations
        invitation = Invitation(purpose=purpose, email=email)
    _send(invitation, role=role, by=by, key_id=key_id, at=at)
    return invitation.id


def _send(
    invitation: Invitation, *, role: str, by: UUID, at: datetime, key_id: UUID | None = None
) -> None:
    if not invitation.may_be_sent() or _is_too_much(invitation, at=at):
        raise TooManyInvitations
    invitation.send(role=role, by=by, key_id=key_id, at=at)
    _record("invitation.sent", invitation, at=at)
    kind = MemberInvited if invitation.purpose == Purpose.MEMBER else PayerInvited
    publish(kind(at=at, invitation_id=invitation.id))


def _is_too_much(invitation: Invitation, *, at: datetime) -> bool:
    """Letters of withdrawn invitations count: nobody's mailbox is filled by asking anew."""
    to_address = Invitation.objects.filter(email=invitation.email, purpose=invitation.purpose)
    lately = to_address.filter(sent_at__gt=at - INVITATION_LASTS)
    today = Invitation.objects.filter(sent_at__gt=at - timedelta(days=1))
    return lately.letters() >= MOST_LETTERS or today.letters() >= MOST_LETTERS_A_DAY


@transaction()
def resend_invitation(*, invitation_id: UUID, by: UUID, at: datetime) -> None:
    """Write again, under a new token.

    Raises UnknownInvitation, InvitationGone, NotYours and TooManyInvitations.
    """
    invitation = _open(invitation_id)
    if invitation.purpose == Purpose.MEMBER:
        _require_may_give(invitation.role, by)
    else:
        answer_for(user_id=by)
    _send(invitation, role=invitation.role, by=by, at=at)


@transaction()
def withdraw_invitation(*, invitation_id: UUID, by: UUID, at: datetime) -> None:
    """Take an invitation back. Raises UnknownInvitation and InvitationGone."""
    invitation = _open(invitation_id)
    if invitation.purpose == Purpose.PAYER:
        answer_for(user_id=by)
    if invitation.withdraw(at=at):
        _record("invitation.withdrawn", invitation, at=at)


@transaction()
def withdraw_invitations_of_key(*, key_id: UUID, at: datetime) -> None:
    """What a key asked and nobody answered goes with it. Safe to repeat."""
    for invitation in Invitation.objects.open().filter(sent_by_key=key_id).order_by("id"):
        if _open(invitation.id).withdraw(at=at):
            _record("invitation.withdrawn", invitation, at=at)


def _open(invitation_id: UUID) -> Invitation:
    """Held until the transaction ends. Raises UnknownInvitation, or InvitationGone if settled."""
    rows = Invitation.objects.select_for_update(of=("self",)).filter(pk=invitation_id)
    invitation: Invitation | None = rows.first()
    if invitation is None:
        raise UnknownInvitation
    if invitation.status != InvitationStatus.OPEN:
        raise InvitationGone
    return invitation


def accept_invitation(
    *, token: str, by: UUID, at: datetime, account_id: UUID | None = None
) -> Invited:
    """Take up an invitation, once: its token opens nothing afterwards.

    Raises InvitationGone, WrongPerson, LimitReached, and for a payer UnknownAccount and PayerSuspended.
    """
    invited = _good(token, at=at)
    person = identity.person(by)
    if person is None or person.email != invited.email:
        raise WrongPerson
    _take_up(invited, by=by, account_id=account_id, at=at)
    return invited


def sign_up_invited(*, token: str, name: str, at: datetime) -> str:
    """Join as somebody new; the path by which they choose a password.

    The letter proves the address. An address that is known signs in instead: an invitation must
    not be another way into somebody's account. Raises InvitationGone, SignInFirst and LimitReached.
    """
    invited = _good(token, at=at)
    if invited.purpose != Purpose.MEMBER or identity.is_known(email=invited.email):
        raise SignInFirst
    with transaction():
        user_id = identity.sign_up(email=invited.email, name=name)
        _take_up(invited, by=user_id, account_id=None, at=at)
        return identity.set_password_link(email=invited.email, base_url="")


def _good(token: str, *, at: datetime) -> Invited:
    invited = invitation_by(token, at=at)
    if invited is None:
        raise InvitationGone
    return invited


def _take_up(invited: Invited, *, by: UUID, account_id: UUID | None, at: datetime) -> None:
    with acting(tenant_id=invited.tenant_id, actor=f"user:{by}"), transaction():
        hold(TEAM)
        invitation = _open(invited.id)
        _require_inviter(invitation)
        if invitation.purpose == Purpose.MEMBER:
            _join(invitation, by=by, at=at)
        invitation.become_accepted(by=by, at=at)
        _record("invitation.accepted", invitation, at=at)
    if account_id:
        pay_for(tenant_id=invited.tenant_id, account_id=account_id, owner_id=by, at=at)


def _require_inviter(invitation: Invitation) -> None:
    """Who wrote last must still be able to: a removed administrator leaves no open doors, nor does a program."""
    if invitation.purpose == Purpose.PAYER:
        answer_for(user_id=invitation.invited_by_id)
    else:
        held = permissions_held(invitation.invited_by_id)
        given = known_role(key=invitation.role).permissions
        if not given <= held or _is_of_no_program(invitation.sent_by_key, given):
            raise InvitationGone


def _is_of_no_program(key_id: UUID | None, given: frozenset[str]) -> bool:
    """Not what one may not give; nor what one asked while it was being revoked, unseen by who withdrew."""
    if key_id is None:
        return False
    return gives_power(given) or any(ended(key_id) for ended in was_revoked.values())


def _join(invitation: Invitation, *, by: UUID, at: datetime) -> None:
    """Who works here already keeps their role: an old letter raises nobody."""
    membership, is_new = Membership.objects.get_or_create(
        user_id=by, defaults={"role": invitation.role}
    )
    if is_new:
        keep_within(key=LimitKey.MEMBERS, at=at)
        record_join(membership=membership, at=at)


def _record(action: str, invitation: Invitation, *, at: datetime) -> None:
    audit.record(
        action=action,
        entity="invitation",
        entity_id=invitation.id,
        after={"purpose": invitation.purpose, "role": invitation.role},
        at=at,
    )
