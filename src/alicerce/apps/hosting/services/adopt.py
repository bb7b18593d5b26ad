"""Accounts that exist already: written down as they stand. No panel is asked, and no run is begun."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.hosting.models import Difference, Hold, ProvisioningRun, Server, Service
from alicerce.apps.hosting.types import (
    Cause,
    Desired,
    Observed,
    Origin,
    Scope,
    ServiceStatus,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7

LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class OldAccount:
    """An account somewhere. Without a server of ours nothing of it is ever touched by itself."""

    customer_id: UUID
    line_id: UUID
    domain: str
    username: str
    server_id: UUID | None
    package: str
    plan_name: str
    status: ServiceStatus
    held_for: Cause | None
    since: datetime


@transaction(shared=True)
def adopt(*, accounts: Sequence[OldAccount], at: datetime) -> list[UUID | None]:
    """Write them down, in their order; None for an account of a server that is a service of ours already."""
    taken = _taken(accounts)
    rows = [_row(one, at) if _place(one) not in taken else None for one in accounts]
    Service.objects.bulk_create(row for row in rows if row)
    Hold.objects.bulk_create(
        Hold(
            service=row,
            cause=one.held_for,
            origin=Origin.SUBSCRIPTION,
            scope=Scope.ALL,
            since=one.since,
        )
        for row, one in zip(rows, accounts, strict=True)
        if row and one.held_for
    )
    return [row.id if row else None for row in rows]


def server_names() -> dict[str, UUID]:
    """The servers of the company, by name and by host, in small letters."""
    rows = Server.objects.order_by("id").values_list("id", "name", "hostname")
    return {word.lower(): id_ for id_, *words in rows for word in words}


def server_choices() -> list[tuple[UUID, str]]:
    return list(Server.objects.order_by("name").values_list("id", "name"))


@transaction(shared=True)
def give_back_services(*, service_ids: Collection[UUID]) -> list[UUID]:
    """Forget services that were only written down, never worked on; the ids of the others."""
    ids = list(service_ids)
    worked = ProvisioningRun.objects.filter(service_id__in=ids)
    kept = set(worked.values_list("service_id", flat=True))
    going = [id_ for id_ in ids if id_ not in kept]
    for model in (Hold, Difference):
        model.objects.filter(service_id__in=going).delete()
    rows = Service.objects.filter(pk__in=going)
    rows.delete_some(most=rows.count())
    return sorted(kept)


def _place(one: OldAccount) -> tuple[UUID | None, str]:
    return (one.server_id, one.username) if one.server_id and one.username else (None, "")


def _taken(accounts: Sequence[OldAccount]) -> set[tuple[UUID | None, str]]:
    names = [one.username for one in accounts if one.username]
    rows = Service.objects.filter(username__in=names, server_id__isnull=False)
    return set(rows.values_list("server_id", "username"))


def _row(one: OldAccount, at: datetime) -> Service:
    is_suspended = one.status == ServiceStatus.SUSPENDED
    return Service(
        id=uuid7(),
        customer_id=one.customer_id,
        line_id=one.line_id,
        domain=one.domain,
        username=one.username[:LONGEST_NAME],
        server_id=one.server_id,
        package=one.package,
        plan_name=one.plan_name,
        desired=Desired.SUSPENDED if is_suspended else Desired.ACTIVE,
        observed=Observed.UNKNOWN,
        status=one.status,
        activated_at=one.since,
        suspended_at=at if is_suspended else None,
        suspension_cause=one.held_for or "",
        suspension_scope=Scope.ALL if one.held_for else "",
        suspension_told=is_suspended,
    )
