"""Which company is meant, and what it says about itself."""

from functools import cache
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse

from alicerce.apps.tenancy.models import Host, Logo, Tenant
from alicerce.apps.tenancy.types import Door, HostView, Profile, TenantCard, TenantStatus
from alicerce.kernel.context import acting, current, current_tenant_id
from alicerce.kernel.db import as_operator, transaction
from alicerce.kernel.restrictions import Restriction

FACTS = (
    "id",
    "slug",
    "name",
    "legal_name",
    "document",
    "city",
    "time_zone",
    "locale",
    "alert_email",
    "brand_color",
    "is_root",
)


def tenant_of_host(domain: str) -> UUID | None:
    """The tenant that this host name leads to, open or not; port and case do not matter."""
    host = host_at(domain)
    return host.tenant_id if host else None


def host_at(domain: str) -> HostView | None:
    """What this name is to the program; port and case do not matter."""
    host = Host.objects.filter(domain=_bare(domain)).first()
    return host.view if host else None


def hosts_of(tenant_id: UUID) -> list[HostView]:
    """Every name that leads to it, the one that links begin with first."""
    found = Host.objects.filter(tenant_id=tenant_id).order_by("-is_primary", "domain")
    return [host.view for host in found]


def _bare(domain: str) -> str:
    return domain.partition(":")[0].removesuffix(".").lower()


def is_sandbox(tenant_id: UUID) -> bool:
    """Whether the current tenant is another's twin for rehearsals."""
    return Tenant.objects.filter(pk=tenant_id, sandbox_of__isnull=False).exists()


def is_open(tenant_id: UUID | None) -> bool:
    """Whether the company at this address does business; a suspended one does not."""
    if tenant_id is None:
        return False
    return Tenant.objects.filter(pk=tenant_id, status=TenantStatus.ACTIVE).exists()


def door(tenant_id: UUID | None) -> Door:
    """How far the company at this address is open; read at every request, so that it holds at the next."""
    shut = Door(is_open=False)
    if tenant_id is None:
        return shut
    rows = Tenant.objects.filter(pk=tenant_id)
    facts = rows.values_list("status", "restriction", "restriction_cause", "restricted_at")
    for status, restriction, cause, since in facts:
        return Door(status == TenantStatus.ACTIVE, Restriction(restriction), cause, since)
    return shut


def is_platform(tenant_id: UUID) -> bool:
    """Whether the current tenant is the platform itself."""
    return Tenant.objects.filter(pk=tenant_id, is_root=True).exists()


def tenant_card(tenant_id: UUID | None = None) -> TenantCard:
    """The current tenant, as others show it."""
    *facts, base_url, logo = _cards().get(pk=tenant_id or current_tenant_id())
    logo_path = f"/marca/{logo}" if logo else ""
    return TenantCard(
        **dict(zip(FACTS, facts, strict=True)), base_url=base_url or "", logo_path=logo_path
    )


@cache
def _cards() -> "QuerySet[Tenant, tuple[Any, ...]]":
    """Written once: every page and every letter begins with it."""
    hosts = Host.objects.filter(tenant_id=OuterRef("pk")).order_by("-is_primary", "domain")
    logos = Logo.objects.current().filter(tenant_id=OuterRef("pk"))
    return Tenant.objects.values_list(
        *FACTS,
        Subquery(hosts.values("base_url")[:1]),
        Subquery(logos.values(path=Concat("digest", Value("."), "kind"))[:1]),
    )


def time_zone() -> str:
    """The name of the zone whose days the current tenant lives by: most ask for nothing else."""
    zones = Tenant.objects.filter(pk=current_tenant_id()).values_list("time_zone", flat=True)
    zone: str = zones.get()
    return zone


def base_url_of(tenant_id: UUID) -> str:
    """Where its links lead; empty while no address of its own leads to it."""
    return next((host.base_url for host in hosts_of(tenant_id)), "")


def given_url(tenant_id: UUID) -> str:
    """The address it was given when it was opened, by name where it has one; not a name that it proved."""
    given = [host for host in hosts_of(tenant_id) if not host.is_own]
    named = [host for host in given if not host.domain.replace(".", "").isdigit()]
    return next((host.base_url for host in [*named, *given]), "")


def home_of(tenant_id: UUID) -> UUID | None:
    """The company whose twin for rehearsals the current tenant is; None for who is real."""
    twins = Tenant.objects.filter(pk=tenant_id, sandbox_of__isnull=False)
    found: UUID | None = twins.values_list("sandbox_of", flat=True).first()
    return found


def page_url(path: str, *, base_url: str) -> str | None:
    """Where a page of a company is; None while no address leads to it."""
    return base_url.rstrip("/") + path if base_url else None


def home_url_of(tenant_id: UUID) -> str:
    """Where the company is, seen from its twin; empty for who is real."""
    home = home_of(tenant_id)
    return base_url_of(home) if home else ""


def address_of(tenant_id: UUID) -> str:
    """Where its people find it: an address of its own, or else the platform's."""
    return base_url_of(tenant_id) or platform_url()


def bill_url(tenant_id: UUID) -> str:
    """Where its people read what is owed for it, and pay."""
    return address_of(tenant_id).rstrip("/") + reverse("workspace:platform_bill")


def platform() -> UUID | None:
    """The platform's own tenant; None before it was opened."""
    with as_operator():
        roots = Tenant.objects.filter(is_root=True).values_list("id", flat=True)
        return next(iter(roots), None)


def platform_url() -> str:
    """The platform's own address; empty while it has none, or before it was opened."""
    root = platform()
    return base_url_of(root).rstrip("/") if root else ""


def own_url(domain: str) -> str:
    """The address of a company's own name: reached as the platform is, by scheme and port."""
    parts = urlsplit(platform_url())
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme or 'https'}://{domain}{port}"


def platform_host() -> str:
    """The name in the platform's own address; empty while it has none."""
    return urlsplit(platform_url()).hostname or ""


def names_here() -> tuple[str, ...]:
    """What the company whose page this is is called; nothing where there is none."""
    if current().tenant_id is None:
        return ()
    card = tenant_card()
    return card.name, card.legal_name, card.slug


def profile() -> Profile:
    """What the current tenant says about itself."""
    return Tenant.objects.get(pk=current_tenant_id()).profile


def tenant_ids() -> list[UUID]:
    """Every active tenant. For the clock's reactions, which then act for one at a time.

    One that is closed for its bill begins nothing new by the clock; one that is read-only goes on.
    """
    with as_operator():
        active = Tenant.objects.filter(status=TenantStatus.ACTIVE).order_by("id")
        at_work = active.exclude(restriction=Restriction.CLOSED)
        return list(at_work.values_list("id", flat=True))


def all_tenant_ids() -> list[UUID]:
    """Every tenant, whatever its status. For care of the installation itself."""
    with as_operator():
        return list(Tenant.objects.order_by("id").values_list("id", flat=True))


def root_tenant() -> UUID:
    """The platform's own tenant. Raises Tenant.DoesNotExist before it was opened."""
    with as_operator():
        return Tenant.objects.values_list("id", flat=True).get(is_root=True)


def tenant_names() -> dict[UUID, str]:
    """Names of all tenants, for operators' lists."""
    with as_operator():
        return dict(Tenant.objects.values_list("id", "name"))


def name_of(tenant_id: UUID) -> str:
    with acting(tenant_id=tenant_id), transaction():
        return Tenant.objects.values_list("name", flat=True).get(pk=tenant_id)
