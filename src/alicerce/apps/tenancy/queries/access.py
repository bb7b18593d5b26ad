"""Who works where, and what they may do there."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import connection

from alicerce.apps.tenancy.permissions import OPERATE
from alicerce.apps.tenancy.queries.tenants import home_of, is_platform, tenant_card
from alicerce.apps.tenancy.rules import ABROAD, PLATFORM_ONLY, permissions_of
from alicerce.apps.tenancy.rules.rehearsing import IN_SANDBOX, TO_SANDBOX
from alicerce.apps.tenancy.types import Access, SessionWishes, Standing, Workspace
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import rehearses

CHOSEN = "workspace"
"""Where the session keeps which company the person chose on the platform's address."""


def standings_of(user_id: UUID) -> tuple[Standing, ...]:
    """What a person is in each company they work for, whatever tenant is being acted for."""
    with connection.cursor() as cursor:
        cursor.execute("select * from memberships_of(%s)", [user_id])
        names = [column.name for column in cursor.description]
        return tuple(_standing(dict(zip(names, row, strict=True))) for row in cursor)


def _standing(row: dict[str, Any]) -> Standing:
    own = row.pop("own_permissions")
    own = json.loads(own) if isinstance(own, str) else own
    return Standing(**row, permissions=permissions_of(row["role"], own))


def access_of(
    *, user_id: UUID | None, tenant_id: UUID | None, in_workspace: bool = False
) -> Access:
    """What a person may do for the current tenant.

    In its workspace only a membership counts. Elsewhere an operator of the platform keeps the
    rights of the panel whichever company is being looked at.
    """
    if tenant_id is None or user_id is None:
        return Access(tenant_id)
    standings = _with_sandbox(standings_of(user_id), tenant_id)
    granted = _as_member(standings, tenant_id)
    if in_workspace:
        return Access(tenant_id, granted, standings)
    return Access(tenant_id, granted | _as_operator(standings), standings)


def _with_sandbox(standings: tuple[Standing, ...], tenant_id: UUID) -> tuple[Standing, ...]:
    """In a company's twin its people are what they are in the company, and may do less."""
    if not rehearses(tenant_id):
        return standings
    home_id = home_of(tenant_id)
    home = next((one for one in standings if one.tenant_id == home_id), None)
    if home is None or TO_SANDBOX not in home.permissions:
        return standings
    card = tenant_card()
    there = replace(
        home,
        tenant_id=tenant_id,
        slug=card.slug,
        name=card.name,
        base_url=card.base_url,
        is_root=False,
        permissions=home.permissions & IN_SANDBOX,
    )
    return (*standings, there)


def _as_member(standings: tuple[Standing, ...], tenant_id: UUID) -> frozenset[str]:
    mine = next((one for one in standings if one.tenant_id == tenant_id), None)
    if mine is None:
        return frozenset()
    return mine.permissions if mine.is_root else mine.permissions - PLATFORM_ONLY


def _as_operator(standings: tuple[Standing, ...]) -> frozenset[str]:
    """Rights that come from a membership of the root tenant, while that one is open."""
    root = next((one for one in standings if one.is_root and one.is_open), None)
    granted = root.permissions & ABROAD if root else frozenset()
    return granted if OPERATE in granted else frozenset()


def session_wishes(access: Access) -> SessionWishes:
    """What the companies that this person's session opens want of it, and their role there.

    At a company's address that is this one company; at the platform's, where one session leads to
    all of them, every one that is open: a page that asks for less must not keep it awake.
    """
    here = [access.standing] if access.standing else []
    elsewhere = [one for one in access.standings if one not in here]
    if elsewhere and access.tenant_id and is_platform(access.tenant_id):
        here += [one for one in elsewhere if one.is_open]
    return SessionWishes(
        idle=tuple(
            minutes
            for one in here
            for minutes in (one.session_timeout_minutes, one.idle_minutes)
            if minutes
        ),
        absolute=tuple(one.absolute_minutes for one in here if one.absolute_minutes),
    )


def workspace_at(*, host_tenant_id: UUID, user_id: UUID, chosen: str | None) -> Workspace:
    """The company a person's workspace acts for at this address.

    A company's own address is that company's. The platform's address serves them all: there it is
    the chosen one, as long as the person still works for it, or else the first they work for.
    """
    with acting(tenant_id=host_tenant_id), transaction():
        if not is_platform(host_tenant_id):
            return Workspace(host_tenant_id, is_platform_address=False)
        standings = standings_of(user_id)
    wanted = [one for one in standings if str(one.tenant_id) == chosen]
    likely = sorted(standings, key=lambda one: (not one.is_open, one.is_root, one.name))
    found = next((one.tenant_id for one in [*wanted, *likely]), host_tenant_id)
    return Workspace(found, is_platform_address=True)
