"""Servers and how full they are."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alicerce.apps.hosting.models import Pool, Server, Service
from alicerce.apps.hosting.queries.words import no_connection
from alicerce.apps.hosting.types import (
    Desired,
    Seat,
    ServerAccess,
    ServerStatus,
    Strategy,
)
from alicerce.apps.orders.ports import Place
from alicerce.kernel.db import as_operator, transaction

PAGE = 50
PERCENT = 100


@dataclass(frozen=True, slots=True)
class ServerRow:
    """A server as lists and its own page show it. No secret in it."""

    id: UUID
    tenant_id: UUID
    name: str
    hostname: str
    base_url: str
    username: str
    ip: str
    pool: str
    region: str
    strategy: Strategy
    nameservers: tuple[str, ...]
    status: ServerStatus
    accepting: bool
    accounts: int
    max_accounts: int
    max_concurrent: int
    licence_limit: int
    licence_used: int
    licence_seen_at: datetime | None
    version: str
    checked_at: datetime | None
    check_error: str
    trouble: str
    paused_until: datetime | None
    failures: int
    pinned: bool
    packages: tuple[str, ...] | None
    packages_seen_at: datetime | None

    @property
    def fill_percent(self) -> int:
        return min(PERCENT, self.accounts * PERCENT // max(self.max_accounts, 1))

    @property
    def is_full(self) -> bool:
        licensed_out = 0 < self.licence_limit <= self.licence_used
        return self.accounts >= self.max_accounts or licensed_out

    @property
    def needs_attention(self) -> bool:
        return self.status == ServerStatus.DOWN or self.is_full or self.failures > 0


@transaction()
def servers(*, after: str = "", limit: int = PAGE) -> list[ServerRow]:
    """Servers of the current tenant by name; the next page begins after the last name."""
    return [
        _row(server) for server in _filled().filter(name__gt=after).order_by("name")[:limit]
    ]


def tenants_with_silent_servers() -> list[UUID]:
    """Whose servers did not answer the last time, be it a look or a run. Call it outside of any tenant."""
    with as_operator():
        silent = Server.objects.silent().order_by("tenant_id")
        return list(silent.values_list("tenant_id", flat=True).distinct())


def servers_everywhere(*, limit: int = PAGE * 10) -> list[ServerRow]:
    """Servers of every tenant, for operators."""
    with as_operator():
        return [_row(server) for server in _filled().order_by("name", "id")[:limit]]


@transaction()
def servers_of_company() -> list[ServerRow]:
    """The current company's own. It has few."""
    return [_row(server) for server in _filled().order_by("name", "id")]


@transaction()
def server_row(server_id: UUID) -> ServerRow | None:
    server = _filled().filter(pk=server_id).first()
    return _row(server) if server else None


@transaction()
def ca_pem_of(server_id: UUID) -> str:
    """The pinned certificate, for the form that changes it."""
    return Server.objects.values_list("ca_pem", flat=True).get(pk=server_id)


@transaction()
def pools() -> list[tuple[str, str]]:
    """Name and region of the current tenant's pools."""
    return list(Pool.objects.order_by("name").values_list("name", "region"))


@transaction()
def access_to(server_id: UUID) -> ServerAccess:
    """For adapters that are told a server by its id."""
    access: ServerAccess = Server.objects.get(pk=server_id).access()
    return access


def seats_by_pool(
    *, region: str, package: str, at: datetime
) -> list[tuple[Strategy, list[Seat]]]:
    """Part of the caller's transaction: the seats of every pool in the region, where the package may be."""
    open_now = Server.objects.open_to_accounts(region=region, at=at)
    chosen = open_now.with_package(package).values("pk")
    pools_found: dict[tuple[str, UUID, str], list[Seat]] = defaultdict(list)
    for server in _filled().filter(pk__in=chosen):
        pool = server.pool
        pools_found[pool.name, pool.id, pool.strategy].append(server.seat(_accounts(server)))
    return [
        (Strategy(strategy), seats)
        for (_name, _id, strategy), seats in sorted(pools_found.items())
    ]


@transaction()
def places_with_room(spec: Mapping[str, str], at: datetime) -> list[Place]:
    """Servers that can take an account of this plan now, as those who sell it choose among them."""
    pools = seats_by_pool(region=spec.get("region", ""), package=spec.get("package", ""), at=at)
    seats = [seat for _strategy, own in pools for seat in own if not seat.is_full]
    found = [Place(seat.server_id, seat.name, seat.room) for seat in seats]
    return sorted(found, key=lambda place: (place.name, place.id))


def _filled() -> QuerySet[Server]:
    """Servers with the number of accounts that live, or are about to live, on each."""
    living = (
        Service.objects.filter(tenant_id=OuterRef("tenant_id"), server_id=OuterRef("pk"))
        .exclude(desired=Desired.TERMINATED)
        .order_by()
        .values("server_id")
        .annotate(count=Count("id"))
        .values("count")
    )
    filled: QuerySet[Server] = (
        Server.objects.select_related("pool")
        .defer("token")
        .annotate(accounts=Coalesce(Subquery(living), 0))
    )
    return filled


def _accounts(server: Server) -> int:
    counted: int = server.accounts  # type: ignore[attr-defined]  # annotated by _filled
    return counted


def _row(server: Server) -> ServerRow:
    return ServerRow(
        id=server.id,
        tenant_id=server.tenant_id,
        name=server.name,
        hostname=server.hostname,
        base_url=server.base_url,
        username=server.username,
        ip=server.ip,
        pool=server.pool.name,
        region=server.pool.region,
        strategy=Strategy(server.pool.strategy),
        nameservers=tuple(server.nameservers),
        status=ServerStatus(server.status),
        accepting=server.accepting,
        accounts=_accounts(server),
        max_accounts=server.max_accounts,
        max_concurrent=server.max_concurrent,
        licence_limit=server.licence_limit,
        licence_used=server.licence_used,
        licence_seen_at=server.licence_seen_at,
        version=server.version,
        checked_at=server.checked_at,
        check_error=server.check_error,
        trouble=no_connection(server.check_answer) if server.check_error else "",
        paused_until=server.paused_until,
        failures=server.failures,
        pinned=bool(server.ca_pem),
        packages=None if server.packages is None else tuple(server.packages),
        packages_seen_at=server.packages_seen_at,
    )
