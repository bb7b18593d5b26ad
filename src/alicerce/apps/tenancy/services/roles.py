"""What a company's roles mean: copies of its own, and its version of the shipped ones."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.utils.text import slugify

from alicerce.apps.audit import public as audit
from alicerce.apps.tenancy.errors import CannotGrant, RoleInUse, RoleIsLocked, RoleNameTaken
from alicerce.apps.tenancy.events import RoleChanged
from alicerce.apps.tenancy.models import Role, Tenant
from alicerce.apps.tenancy.queries.team import roles
from alicerce.apps.tenancy.rules import grantable
from alicerce.apps.tenancy.services.team import changing_team, known_role, require_power
from alicerce.apps.tenancy.types import RoleKey, RoleView, SessionMinutes
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.permissions import declared


@transaction()
def copy_role(*, key: str, name: str, by: UUID, at: datetime) -> str:
    """Make a role of the company's own that may do what another one may; its key.

    Raises UnknownRole, NotYours and RoleNameTaken.
    """
    with changing_team():
        pattern = known_role(key=key)
        require_power(by=by, over=[pattern])
        new_key = slugify(name)[:40]
        if not new_key or _is_taken(name, new_key):
            raise RoleNameTaken
        role = Role.objects.create(
            key=new_key,
            name=name,
            permissions=sorted(pattern.permissions),
            idle_minutes=pattern.sessions.idle,
            absolute_minutes=pattern.sessions.absolute,
        )
        _record("role.created", role, before=(), after=pattern.permissions, at=at)
    return new_key


def _is_taken(name: str, key: str) -> bool:
    reserved = key.replace("-", "_") in set(RoleKey)
    return reserved or any(key == role.key or name == role.name for role in roles())


@transaction()
def edit_role(*, key: str, permissions: Collection[str], by: UUID, at: datetime) -> None:
    """Say what a role may do in this company. It holds from its members' next request on.

    Raises UnknownRole, RoleIsLocked, CannotGrant, NotYours and LastAdministrator.
    """
    with changing_team():
        role = known_role(key=key)
        if role.is_locked:
            raise RoleIsLocked
        wanted = frozenset(map(str, permissions))
        _require_grantable(wanted)
        require_power(by=by, over=[role, _with(role, wanted)])
        if wanted != role.permissions:
            _write(role, wanted, at=at)


@transaction()
def limit_role(*, key: str, sessions: SessionMinutes, by: UUID, at: datetime) -> None:
    """Say how long sessions of a role last here, the owner's too. It holds from the next request on.

    Raises UnknownRole and NotYours.
    """
    with changing_team():
        role = known_role(key=key)
        require_power(by=by, over=[role])
        if sessions == role.sessions:
            return
        row, _ = Role.objects.get_or_create(key=role.key, defaults={"name": role.name})
        row.limit(sessions)
        audit.record(
            action="role.sessions_limited",
            entity="role",
            entity_id=row.id,
            before=asdict(role.sessions),
            after={"key": role.key, **asdict(sessions)},
            at=at,
        )
        publish(RoleChanged(at=at, key=role.key))


def _require_grantable(wanted: frozenset[str]) -> None:
    is_root = Tenant.objects.values_list("is_root", flat=True).get()
    if not wanted <= grantable(declared(), is_root=is_root):
        raise CannotGrant


def _with(role: RoleView, permissions: frozenset[str]) -> RoleView:
    return RoleView(role.key, role.name, permissions, False, False, False)


def _write(role: RoleView, wanted: frozenset[str], *, at: datetime) -> None:
    row, _ = Role.objects.get_or_create(key=role.key, defaults={"name": role.name})
    row.grant(wanted, name=row.name)
    _record("role.changed", row, before=role.permissions, after=wanted, at=at)


@transaction()
def drop_role(*, key: str, by: UUID, at: datetime) -> None:
    """Forget a role the company made, or its version of a shipped one.

    Raises UnknownRole, RoleIsLocked, RoleInUse, NotYours and LastAdministrator.
    """
    with changing_team():
        role = known_role(key=key)
        if not (role.is_changed or not role.is_shipped):
            raise RoleIsLocked
        if not role.is_shipped and role.members:
            raise RoleInUse
        row = Role.objects.get(key=key)
        row.delete()
        after = known_role(key=key) if role.is_shipped else _with(role, frozenset())
        require_power(by=by, over=[role, after])
        _record("role.dropped", row, before=role.permissions, after=after.permissions, at=at)


def _record(
    action: str, role: Role, *, before: Collection[str], after: Collection[str], at: datetime
) -> None:
    audit.record(
        action=action,
        entity="role",
        entity_id=role.id,
        before={"permissions": sorted(before)},
        after={"key": role.key, "permissions": sorted(after)},
        at=at,
    )
    publish(RoleChanged(at=at, key=role.key))
