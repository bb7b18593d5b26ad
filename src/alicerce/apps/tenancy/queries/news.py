"""Whom to tell that a company, or an account, was suspended or is back; and what to say."""

from dataclasses import replace
from uuid import UUID

from django.urls import reverse

from alicerce.apps.identity import public as identity
from alicerce.apps.identity.types import Person
from alicerce.apps.tenancy.models import BillingAccount, Membership, Tenant
from alicerce.apps.tenancy.queries.tenants import address_of, bill_url
from alicerce.apps.tenancy.types import RoleKey, TenantStatus
from alicerce.apps.tenancy.types.operated import StandingNews
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.restrictions import Restriction


def company_news(*, is_suspended: bool) -> StandingNews | None:
    """About the current tenant, for its owners; None when it is otherwise by now."""
    wanted = TenantStatus.SUSPENDED if is_suspended else TenantStatus.ACTIVE
    tenant = Tenant.objects.filter(pk=current_tenant_id(), status=wanted).first()
    if tenant is None:
        return None
    return StandingNews(
        id=tenant.id,
        name=tenant.name,
        reason=tenant.suspension_reason,
        link=address_of(tenant.id).rstrip("/") + reverse("workspace:home"),
        to=_owners(),
    )


def restriction_news(restriction: Restriction) -> StandingNews | None:
    """About how far the current tenant is restricted, for its owners; None when it is otherwise by now."""
    tenant = Tenant.objects.filter(pk=current_tenant_id(), restriction=restriction).first()
    if tenant is None or tenant.sandbox_of:
        return None
    return StandingNews(
        id=tenant.id,
        name=tenant.name,
        reason=tenant.restriction_cause,
        link=bill_url(tenant.id),
        to=_owners(),
    )


def ownership_news(*, giver_id: UUID, taker_id: UUID) -> StandingNews | None:
    """About the current tenant's new owner, for both; None when it is otherwise by now."""
    giver, taker = identity.person(giver_id), identity.person(taker_id)
    is_so = Membership.objects.filter(user_id=taker_id, role=RoleKey.OWNER).exists()
    if taker is None or not is_so:
        return None
    tenant = Tenant.objects.get(pk=current_tenant_id())
    return StandingNews(
        id=tenant.id,
        name=tenant.name,
        reason=taker.name or taker.email,
        link=address_of(tenant.id).rstrip("/") + reverse("workspace:team"),
        to=tuple(filter(None, (taker, giver))),
    )


def _owners() -> tuple[Person, ...]:
    owners = Membership.objects.filter(role=RoleKey.OWNER).values_list("user_id", flat=True)
    return tuple(filter(None, (identity.person(one) for one in owners)))


def account_news(account_id: UUID, *, is_suspended: bool) -> StandingNews | None:
    """About an account of the current tenant, for where its bills go; None when it is otherwise."""
    account = BillingAccount.objects.filter(
        pk=account_id, suspended_at__isnull=not is_suspended
    ).first()
    owner = identity.person(account.owner_id) if account else None
    if account is None or owner is None or not account.billing_email:
        return None
    return StandingNews(
        id=account.id,
        name=account.name,
        reason=account.suspension_reason,
        link=address_of(account.tenant_id).rstrip("/") + reverse("site:companies"),
        to=(replace(owner, email=account.billing_email),),
    )
