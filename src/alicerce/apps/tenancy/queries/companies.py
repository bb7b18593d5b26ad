"""Companies as the platform's operators see them."""

from uuid import UUID

from django.db.models import Q

from alicerce.apps.tenancy.models import Host, Tenant
from alicerce.apps.tenancy.queries.payers import payers_of
from alicerce.apps.tenancy.queries.team import members
from alicerce.apps.tenancy.queries.tenants import platform_url, tenant_card
from alicerce.apps.tenancy.types import AccountView, RoleKey, TenantStatus
from alicerce.apps.tenancy.types.operated import CompanyRow, CompanyView
from alicerce.kernel.context import acting
from alicerce.kernel.db import as_operator, transaction

PAGE = 50


def companies_everywhere(
    *,
    words: str = "",
    status: str = "",
    before: UUID | None = None,
    limit: int = PAGE,
) -> list[CompanyRow]:
    """Companies of the platform, the newest first; sandboxes are part of theirs."""
    named = Q(pk__in=_at_addresses(words)) | _said_of(words) if words else Q()
    stands = Q(status=status) if status in set(TenantStatus) else Q()
    older = Q(id__lt=before) if before else Q()
    with as_operator():
        found = list(
            Tenant.objects.filter(named, stands, older, sandbox_of=None).order_by("-id")[:limit]
        )
    addresses, payers = _addresses([one.id for one in found]), payers_of([t.id for t in found])
    return [_row(one, addresses.get(one.id, ""), payers.get(one.id)) for one in found]


def _said_of(words: str) -> Q:
    digits = "".join(filter(str.isdigit, words))
    said = Q(name__icontains=words) | Q(slug__icontains=words) | Q(legal_name__icontains=words)
    return said | Q(document=digits) if digits else said


def _at_addresses(words: str) -> list[UUID]:
    hosts = Host.objects.filter(domain__contains=words.lower())
    return list(hosts.values_list("tenant_id", flat=True)[:PAGE])


def _addresses(tenant_ids: list[UUID]) -> dict[UUID, str]:
    hosts = Host.objects.filter(tenant_id__in=tenant_ids).order_by("is_primary", "-domain")
    return dict(hosts.values_list("tenant_id", "base_url"))


def _row(tenant: Tenant, base_url: str, payer: AccountView | None) -> CompanyRow:
    return CompanyRow(
        id=tenant.id,
        slug=tenant.slug,
        name=tenant.name,
        status=TenantStatus(tenant.status),
        suspension_reason=tenant.suspension_reason,
        base_url=base_url,
        payer=payer.name if payer else "",
        payer_is_suspended=bool(payer and payer.suspended_at),
        opened_at=tenant.created_at,
    )


def company_counts() -> dict[TenantStatus, int]:
    """How many companies there are in each state."""
    with as_operator():
        held = list(Tenant.objects.filter(sandbox_of=None).values_list("status", flat=True))
    return {status: held.count(status.value) for status in TenantStatus}


def company(tenant_id: UUID) -> CompanyView | None:
    """One company as operators see it; None where there is none, or only a sandbox."""
    with as_operator():
        found = Tenant.objects.filter(pk=tenant_id, sandbox_of=None).exists()
        twin = Tenant.objects.filter(sandbox_of=tenant_id).first()
    if not found:
        return None
    with acting(tenant_id=tenant_id), transaction():
        return _view(Tenant.objects.get(), TenantStatus(twin.status) if twin else None)


def _view(tenant: Tenant, sandbox: TenantStatus | None) -> CompanyView:
    people = members()
    return CompanyView(
        card=tenant_card(),
        status=TenantStatus(tenant.status),
        suspended_at=tenant.suspended_at,
        suspension_reason=tenant.suspension_reason,
        opened_at=tenant.created_at,
        owners=tuple(one for one in people if one.role.key == RoleKey.OWNER),
        members=len(people),
        sandbox=sandbox,
    )


def sandbox_of(tenant_id: UUID) -> UUID | None:
    """A company's twin for rehearsals, if it has one."""
    with as_operator():
        found: UUID | None = (
            Tenant.objects.filter(sandbox_of=tenant_id).values_list("id", flat=True).first()
        )
    return found


def closed_sign(tenant_id: UUID | None) -> dict[str, str] | None:
    """What everybody may read at the door of a suspended company; None where there is none."""
    if tenant_id is None:
        return None
    tenant = Tenant.objects.filter(pk=tenant_id, status=TenantStatus.SUSPENDED).first()
    return {"company": tenant.name, "platform_url": platform_url()} if tenant else None
