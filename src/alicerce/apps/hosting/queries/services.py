"""Hosting accounts as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet, Sum

from alicerce.apps.dns import public as dns
from alicerce.apps.hosting.models import Hold, Policy, Server, Service
from alicerce.apps.hosting.types import Custom, HoldCard, Observed, ServiceCard, ServiceStatus
from alicerce.apps.subscriptions.ports import Reading
from alicerce.apps.subscriptions.types import GIGABYTE
from alicerce.apps.subscriptions.types.backfill import Standing
from alicerce.kernel.brazil import BadDomain, normalize_domain
from alicerce.kernel.db import as_operator, transaction

PAGE = 50
NOT_RUNNING = {
    ServiceStatus.SUSPENDED: Standing.STOPPED,
    ServiceStatus.TERMINATED: Standing.OVER,
}


@dataclass(frozen=True, slots=True)
class ServicesWanted:
    """What a list of services is narrowed to. Words begin a domain or an account's name."""

    text: str = ""
    statuses: tuple[ServiceStatus, ...] = ()
    server_id: UUID | None = None
    plan_name: str = ""


@dataclass(frozen=True, slots=True)
class ServiceView:
    """An account: what was bought, where it lives, how it is."""

    id: UUID
    tenant_id: UUID
    customer_id: UUID
    line_id: UUID
    domain: str
    plan_name: str
    package: str
    username: str
    status: ServiceStatus
    observed: Observed
    server_id: UUID | None
    server_name: str
    hostname: str
    ip: str
    nameservers: tuple[str, ...]
    created_at: datetime
    activated_at: datetime | None
    suspended_at: datetime | None = None
    suspension_cause: str = ""
    suspension_scope: str = ""
    removal_due_at: datetime | None = None
    removal_confirmed_at: datetime | None = None
    terminated_at: datetime | None = None


@transaction()
def service_view(service_id: UUID) -> ServiceView | None:
    """A service of the current tenant."""
    service = _services().filter(pk=service_id).first()
    return _view(service) if service else None


@transaction()
def service_of_line(line_id: UUID) -> ServiceCard | None:
    service = Service.objects.filter(line_id=line_id).first()
    return service.card() if service else None


@transaction()
def services_of(
    customer_ids: Sequence[UUID], *, before: UUID | None = None, limit: int = PAGE
) -> list[ServiceView]:
    """What these customers of the current tenant have, newest first."""
    found = _services().filter(customer_id__in=customer_ids)
    return [_view(service) for service in _page(found, before, limit)]


@transaction()
def active_service_of_domain(domain: str) -> ServiceView | None:
    """The newest, should there be several."""
    found = _services().filter(domain=domain, status=ServiceStatus.ACTIVE)
    service = found.order_by("-id").first()
    return _view(service) if service else None


@transaction()
def services_with_domains(domains: Sequence[str]) -> list[ServiceView]:
    """Services of the current tenant that go by one of these names and are not over."""
    found = _services().filter(domain__in=domains).exclude(status=ServiceStatus.TERMINATED)
    return [_view(service) for service in found.order_by("id")]


@transaction()
def holds_of(service_id: UUID) -> list[HoldCard]:
    """Why it is held back, the oldest first."""
    return [hold.card() for hold in Hold.objects.filter(service=service_id).order_by("since")]


@transaction()
def custom() -> Custom:
    """How the current tenant suspends and removes."""
    return Policy.objects.custom()


@transaction()
def sites_of_line(line_id: UUID) -> int:
    """How many domains answer at what a line of an order brought."""
    return dns.zones_of(
        list(Service.objects.filter(line_id=line_id).values_list("id", flat=True))
    )


@transaction()
def disk_of_line(line_id: UUID) -> Reading | None:
    """What the accounts of an order line take on their servers, as old as the oldest look; None before any."""
    own = Service.objects.filter(line_id=line_id, disk_seen_at__isnull=False)
    seen = own.aggregate(used=Sum("disk_used"), at=Min("disk_seen_at"))
    if seen["at"] is None:
        return None
    return Reading(-(-seen["used"] // GIGABYTE), seen["at"], used_bytes=seen["used"])


@transaction()
def standings_of_lines(line_ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """Of which lines the account is suspended or over; of what it does not name it runs, or was never made."""
    found = Service.objects.filter(line_id__in=line_ids, status__in=NOT_RUNNING)
    rows = found.values_list("line_id", "status")
    return {line_id: NOT_RUNNING[ServiceStatus(status)] for line_id, status in rows}


def live_services_of(customer_id: UUID) -> int:
    """How many services this customer has that are not over."""
    over = ServiceStatus.TERMINATED
    return Service.objects.filter(customer_id=customer_id).exclude(status=over).count()


@transaction()
def services(
    wanted: ServicesWanted, *, before: UUID | None = None, limit: int = PAGE
) -> list[ServiceView]:
    """Services of the current tenant, newest first; the next page begins before the last id."""
    found = _with(wanted.statuses)
    if wanted.text:
        found = found.filter(_begins(wanted.text))
    if wanted.server_id:
        found = found.filter(server_id=wanted.server_id)
    if wanted.plan_name:
        found = found.filter(plan_name=wanted.plan_name)
    return [_view(service) for service in _page(found, before, limit)]


@transaction()
def plans_in_use() -> list[str]:
    """Names of the plans that services of the current tenant have."""
    names = Service.objects.order_by("plan_name").values_list("plan_name", flat=True)
    return list(names.distinct())


@transaction()
def servers_in_use() -> list[tuple[UUID, str]]:
    """Servers of the current tenant, by name."""
    return list(Server.objects.order_by("name").values_list("id", "name"))


@transaction()
def service_counts() -> dict[str, int]:
    """How many services of each status the current tenant has."""
    return _counts()


def services_everywhere(
    *, statuses: tuple[ServiceStatus, ...] = (), before: UUID | None = None, limit: int = PAGE
) -> list[ServiceView]:
    """Services of every tenant, for operators."""
    with as_operator():
        return [_view(service) for service in _page(_with(statuses), before, limit)]


@transaction()
def find_services(words: str, *, limit: int) -> list[ServiceView]:
    """Services of the current tenant whose domain or account name begins with these words."""
    return [_view(service) for service in _named(words)[:limit]]


def find_services_everywhere(words: str, *, limit: int) -> list[ServiceView]:
    """Services of every tenant whose domain or account name begins with these words, for operators."""
    with as_operator():
        return [_view(service) for service in _named(words)[:limit]]


def _named(words: str) -> QuerySet[Service]:
    return _services().filter(_begins(words)).order_by("domain", "id")


def _begins(words: str) -> Q:
    start = _as_kept(words)
    return Q(domain__startswith=start) | Q(username__startswith=start)


def _as_kept(words: str) -> str:
    """Domains are kept as machines say them: one with accents is found by its whole name."""
    try:
        return normalize_domain(words)
    except BadDomain:
        return words.strip().lower()


def service_counts_everywhere() -> dict[str, int]:
    """How many services of each status the platform has."""
    with as_operator():
        return _counts()


def _counts() -> dict[str, int]:
    counted = Service.objects.order_by().values_list("status").annotate(Count("id"))
    return dict.fromkeys(ServiceStatus, 0) | {ServiceStatus(s): n for s, n in counted}


def _with(statuses: tuple[ServiceStatus, ...]) -> QuerySet[Service]:
    return _services().filter(status__in=statuses) if statuses else _services()


def _page(found: QuerySet[Service], before: UUID | None, limit: int) -> QuerySet[Service]:
    return (found.filter(id__lt=before) if before else found).order_by("-id")[:limit]


def _services() -> QuerySet[Service]:
    found: QuerySet[Service] = Service.objects.select_related("server").defer(
        "server__token", "server__ca_pem"
    )
    return found


def _view(service: Service) -> ServiceView:
    server = service.server
    return ServiceView(
        id=service.id,
        tenant_id=service.tenant_id,
        customer_id=service.customer_id,
        line_id=service.line_id,
        domain=service.domain,
        plan_name=service.plan_name,
        package=service.package,
        username=service.username,
        status=ServiceStatus(service.status),
        observed=Observed(service.observed),
        server_id=service.server_id,
        server_name=server.name if server else "",
        hostname=server.hostname if server else "",
        ip=server.ip if server else "",
        nameservers=tuple(server.nameservers) if server else (),
        created_at=service.created_at,
        activated_at=service.activated_at,
        suspended_at=service.suspended_at,
        suspension_cause=service.suspension_cause,
        suspension_scope=service.suspension_scope,
        removal_due_at=service.removal_due_at,
        removal_confirmed_at=service.removal_confirmed_at,
        terminated_at=service.terminated_at,
    )
