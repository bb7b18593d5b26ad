"""Who works in the current tenant, under which roles, and who is invited."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from alicerce.apps.tenancy.models import Invitation, Membership, Role, Tenant
from alicerce.apps.tenancy.queries.words import role_words
from alicerce.apps.tenancy.rules import (
    ADMINISTERS,
    GRANTS,
    LOCKED,
    permissions_of,
    shipped_roles,
)
from alicerce.apps.tenancy.types import (
    InvitationView,
    Member,
    Purpose,
    RoleKey,
    RoleView,
    SessionMinutes,
)
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

MEMBER_COLUMNS = ("id", "user_id", "user__name", "user__email", "role", "created_at")


def roles() -> list[RoleView]:
    """Every role of the current tenant: the shipped ones, then those it made."""
    changed = {role.key: role for role in Role.objects.all()}
    held = Counter(Membership.objects.values_list("role", flat=True))
    shipped = shipped_roles(is_root=Tenant.objects.get().is_root)
    made = sorted((changed[key] for key in changed.keys() - set(shipped)), key=lambda r: r.name)
    return [
        *(_shipped(key, changed.get(key), held[key]) for key in shipped),
        *(_made(role, held[role.key]) for role in made),
    ]


def role_of(key: str) -> RoleView | None:
    return next((role for role in roles() if role.key == key), None)


def _shipped(key: RoleKey, changed: Role | None, members: int) -> RoleView:
    return RoleView(
        key=key.value,
        name=role_words(key),
        permissions=permissions_of(key, changed.permissions if changed else None),
        is_shipped=True,
        is_changed=changed is not None,
        is_locked=key in LOCKED,
        members=members,
        sessions=_sessions(changed),
    )


def _made(role: Role, members: int) -> RoleView:
    return RoleView(
        key=role.key,
        name=role.name,
        permissions=permissions_of(role.key, role.permissions),
        is_shipped=False,
        is_changed=False,
        is_locked=False,
        members=members,
        sessions=_sessions(role),
    )


def _sessions(role: Role | None) -> SessionMinutes:
    return (
        SessionMinutes(role.idle_minutes, role.absolute_minutes) if role else SessionMinutes()
    )


def members() -> list[Member]:
    """Everybody who works here, by name."""
    known = {role.key: role for role in roles()}
    rows = Membership.objects.select_related("user").order_by("user__name", "user_id")
    return [_member(row, known) for row in rows]


def member_rows(window: Window, *, email: str | None = None) -> Slice:
    rows = Membership.objects.filter(user__email=email.lower()) if email else Membership.objects
    found = slice_of(rows.all(), window, *MEMBER_COLUMNS)
    return Slice([_record(row) for row in found.rows], found.next_cursor)


def member_record(member_id: UUID) -> Row | None:
    row = Membership.objects.filter(pk=member_id).values(*MEMBER_COLUMNS).first()
    return _record(row) if row else None


def _record(row: Row) -> Row:
    about = {"name": row["user__name"], "email": row["user__email"]}
    plain = {name: row[name] for name in MEMBER_COLUMNS if "__" not in name}
    return {"object": "member", **plain, **about}


def members_at(_at: datetime) -> int:
    """How many people work here, for what limits them."""
    return int(Membership.objects.count())


def is_inviting(*, at: datetime) -> bool:
    """Whether somebody is still asked into the team."""
    return any(not one.is_expired for one in invitations(purpose=Purpose.MEMBER, at=at))


def is_invited(invitation_id: UUID) -> bool:
    """Whether this is an open invitation to the team."""
    rows = Invitation.objects.open().filter(purpose=Purpose.MEMBER, pk=invitation_id)
    return bool(rows.exists())


def is_member(user_id: UUID) -> bool:
    """Whether the person works for the current tenant."""
    return bool(Membership.objects.filter(user_id=user_id).exists())


def member_of(user_id: UUID) -> Member | None:
    row = Membership.objects.select_related("user").filter(user_id=user_id).first()
    return _member(row, {role.key: role for role in roles()}) if row else None


def _member(row: Membership, known: dict[str, RoleView]) -> Member:
    role = known.get(row.role) or _unknown(row.role)
    return Member(row.user_id, row.user.name, row.user.email, role, row.created_at)


def _unknown(key: str) -> RoleView:
    """A role that no longer is: it grants what the shipped one of its key does, if any."""
    words = role_words(RoleKey(key)) if key in set(GRANTS) else key
    return RoleView(key, words, permissions_of(key), False, False, False)


def permissions_held(user_id: UUID) -> frozenset[str]:
    """What a member may do here now; nothing for who is none."""
    member = member_of(user_id)
    return member.role.permissions if member else frozenset()


def is_administered() -> bool:
    """Whether somebody is left who can let others in."""
    return any(member.role.permissions >= ADMINISTERS for member in members())


def administrators() -> list[str]:
    """The names of those who can give everybody else what they need."""
    found = (member for member in members() if member.role.permissions >= ADMINISTERS)
    return [member.name or member.email for member in found]


def invitations(*, purpose: Purpose, at: datetime) -> list[InvitationView]:
    """Those still open, the latest first."""
    words = {role.key: role.name for role in roles()}
    rows = Invitation.objects.open().filter(purpose=purpose).order_by("-id")
    return [_view(row, words, at=at) for row in rows]


def invitation(invitation_id: UUID, *, at: datetime) -> InvitationView | None:
    """One that nobody answered yet."""
    found = invitations(purpose=Purpose.MEMBER, at=at)
    return next((each for each in found if each.id == invitation_id), None)


def _view(row: Invitation, words: dict[str, str], *, at: datetime) -> InvitationView:
    return InvitationView(
        id=row.id,
        purpose=Purpose(row.purpose),
        email=row.email,
        role_key=row.role,
        role=words.get(row.role, row.role),
        sent_at=row.sent_at,
        expires_at=row.expires_at,
        is_expired=not row.is_good(at=at),
        letters=row.letters,
    )
