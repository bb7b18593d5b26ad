"""Who works in a company: joining, changing roles, leaving, and whose it is.

Each change holds the company's team and looks again before it ends: of two administrators who
remove each other at once, the second finds that they would leave nobody behind.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.tenancy.errors import (
    GivenByPeople,
    LastAdministrator,
    NotAMember,
    NotYours,
    OperatorOutsideRoot,
    OwnerStays,
    UnknownRole,
)
from alicerce.apps.tenancy.events import (
    MemberJoined,
    MemberLeft,
    MemberRoleChanged,
    OwnershipTransferred,
)
from alicerce.apps.tenancy.models import Membership, Tenant
from alicerce.apps.tenancy.queries.team import is_administered, permissions_held, role_of
from alicerce.apps.tenancy.rules import OPERATORS, gives_power, may_bestow
from alicerce.apps.tenancy.types import RoleKey, RoleView
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold

TEAM = "tenancy.team"


@contextmanager
def changing_team() -> Iterator[None]:
    """One change of people or roles at a time, and none that leaves nobody to administer them."""
    hold(TEAM)
    yield
    if not is_administered():
        raise LastAdministrator


@transaction()
def add_member(*, user_id: UUID, role: RoleKey, at: datetime) -> None:
    """Give a person a role in the current tenant, on the platform's own word; it replaces another.

    Raises OperatorOutsideRoot.
    """
    hold(TEAM)
    if role in OPERATORS and not Tenant.objects.get().is_root:
        raise OperatorOutsideRoot
    membership, _ = Membership.objects.update_or_create(
        user_id=user_id, defaults={"role": role.value}
    )
    record_join(membership=membership, at=at)


def record_join(*, membership: Membership, at: datetime) -> None:
    audit.record(
        action="member.added",
        entity="membership",
        entity_id=membership.id,
        after={"user_id": membership.user_id, "role": membership.role},
        at=at,
    )
    publish(MemberJoined(at=at, user_id=membership.user_id, role=membership.role))


@transaction()
def change_role(
    *, user_id: UUID, role: str, by: UUID, at: datetime, by_program: bool = False
) -> None:
    """Put a member under another role.

    Raises NotAMember, UnknownRole, NotYours, OwnerStays and LastAdministrator; GivenByPeople when a
    program asks.
    """
    with changing_team():
        membership, old, new = (
            find_member(user_id=user_id),
            held_role(user_id=user_id),
            known_role(key=role),
        )
        if RoleKey.OWNER in {old.key, new.key}:
            raise OwnerStays
        require_power(by=by, over=[old, new])
        if by_program:
            require_person(role=new)
        if membership.take_role(new.key):
            _record_role(membership, old=old.key, at=at)


def _record_role(membership: Membership, *, old: str, at: datetime) -> None:
    audit.record(
        action="member.role_changed",
        entity="membership",
        entity_id=membership.id,
        before={"role": old},
        after={"user_id": membership.user_id, "role": membership.role},
        at=at,
    )
    publish(MemberRoleChanged(at=at, user_id=membership.user_id, role=membership.role))


@transaction()
def remove_member(*, user_id: UUID, by: UUID, at: datetime) -> None:
    """End a membership, somebody's or one's own; nothing else of the person ends.

    Raises NotAMember, NotYours, OwnerStays and LastAdministrator.
    """
    with changing_team():
        membership, old = find_member(user_id=user_id), held_role(user_id=user_id)
        if old.key == RoleKey.OWNER:
            _require_owners(user_id, by)
        if user_id != by:
            require_power(by=by, over=[old])
        _record_end(membership, at=at)
        membership.delete()


def _require_owners(user_id: UUID, by: UUID) -> None:
    """An owner goes by their own will or another owner's, and never as the last one."""
    owners = set(
        Membership.objects.filter(role=RoleKey.OWNER).values_list("user_id", flat=True)
    )
    if by not in owners:
        raise NotYours
    if owners == {user_id}:
        raise OwnerStays


def _record_end(membership: Membership, *, at: datetime) -> None:
    audit.record(
        action="member.removed",
        entity="membership",
        entity_id=membership.id,
        before={"user_id": membership.user_id, "role": membership.role},
        at=at,
    )
    publish(MemberLeft(at=at, user_id=membership.user_id))


@transaction()
def transfer_ownership(*, to: UUID, by: UUID, at: datetime) -> None:
    """Make another member the owner; who was it administers on.

    Raises NotAMember, and NotYours for who is not the owner.
    """
    with changing_team():
        giver, taker = find_member(user_id=by), find_member(user_id=to)
        if giver.role != RoleKey.OWNER:
            raise NotYours
        before = taker.role
        if taker.take_role(RoleKey.OWNER.value):
            giver.take_role(RoleKey.ADMIN.value)
            _record_role(taker, old=before, at=at)
            _record_role(giver, old=RoleKey.OWNER.value, at=at)
            publish(OwnershipTransferred(at=at, from_user_id=by, to_user_id=to))


def find_member(*, user_id: UUID) -> Membership:
    membership = Membership.objects.filter(user_id=user_id).first()
    if membership is None:
        raise NotAMember
    return membership


def held_role(*, user_id: UUID) -> RoleView:
    """The role of a member; one that no longer is grants nothing and may be left."""
    key = find_member(user_id=user_id).role
    return role_of(key) or RoleView(key, key, frozenset(), False, False, False)


def known_role(*, key: str) -> RoleView:
    role = role_of(key)
    if role is None:
        raise UnknownRole
    return role


def require_power(*, by: UUID, over: Sequence[RoleView]) -> None:
    """Raises NotYours when a role does what the one who acts may not, as things stand now."""
    if not may_bestow(permissions_held(by), *(role.permissions for role in over)):
        raise NotYours


def require_person(*, role: RoleView) -> None:
    """Raises GivenByPeople: whom a program made mighty would stay so after its key is revoked."""
    if gives_power(role.permissions):
        raise GivenByPeople
