"""Who works where, who buys from whom, and which company a host name belongs to."""

from uuid import UUID

from django.db import connection

from alicerce.apps.tenancy.models import Customer, CustomerUser, Host, Membership, Tenant
from alicerce.apps.tenancy.permissions import CLIENT_AREA, OPERATE
from alicerce.apps.tenancy.rules import permissions_of
from alicerce.apps.tenancy.types import Access, CustomerCard, TenantCard, TenantStatus
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.db import as_operator, transaction


def tenant_of_host(domain: str) -> UUID | None:
    """The tenant that this host name leads to, open or not; port and case do not matter."""
    host = Host.objects.filter(domain=domain.partition(":")[0].strip(".").lower()).first()
    return host.tenant_id if host else None


def is_open(tenant_id: UUID | None) -> bool:
    """Whether the company at this address does business; a suspended one does not."""
    if tenant_id is None:
        return False
    return Tenant.objects.filter(pk=tenant_id, status=TenantStatus.ACTIVE).exists()


def access_of(*, user_id: UUID | None, tenant_id: UUID | None) -> Access:
    """What a person may do for the current tenant; operators keep their rights everywhere."""
    if tenant_id is None or user_id is None:
        return Access(tenant_id)
    role = Membership.objects.filter(user_id=user_id).values_list("role", flat=True).first()
    granted = (permissions_of(role or "") - {OPERATE}) | _operator_permissions(user_id)
    customers = tuple(customers_of_user(user_id))
    if customers:
        granted |= {CLIENT_AREA}
    return Access(tenant_id, granted, customers)


def _operator_permissions(user_id: UUID) -> frozenset[str]:
    """Rights that come from a membership of the root tenant, whichever tenant is being looked at."""
    with connection.cursor() as cursor:
        cursor.execute("select role_in_root_tenant(%s)", [user_id])
        (role,) = cursor.fetchone()
    granted = permissions_of(role or "")
    return granted if OPERATE in granted else frozenset()


def customers_of_user(user_id: UUID) -> list[UUID]:
    return list(
        CustomerUser.objects.filter(user_id=user_id).values_list("customer_id", flat=True)
    )


def sole_customers_of(user_id: UUID) -> list[UUID]:
    """Customers for whom this person alone acts: with the person, the customer goes."""
    everybody = CustomerUser.objects.filter(customer_id__in=customers_of_user(user_id))
    others = everybody.exclude(user_id=user_id).values_list("customer_id", flat=True)
    return [each for each in customers_of_user(user_id) if each not in set(others)]


def is_member(user_id: UUID) -> bool:
    """Whether the person works for the current tenant."""
    return Membership.objects.filter(user_id=user_id).exists()


def is_known_beyond(*, user_id: UUID, tenant_id: UUID | None) -> bool:
    """Whether any tenant but this one has the person among its team or its customers.

    One look per tenant: for what happens rarely, in the background.
    """
    return any(_knows(each, user_id) for each in all_tenant_ids() if each != tenant_id)


def _knows(tenant_id: UUID, user_id: UUID) -> bool:
    with acting(tenant_id=tenant_id), transaction():
        return is_member(user_id) or bool(customers_of_user(user_id))


def customer(customer_id: UUID) -> CustomerCard:
    """Raises Customer.DoesNotExist."""
    return Customer.objects.get(pk=customer_id).card()


def tenant_card(tenant_id: UUID | None = None) -> TenantCard:
    """The current tenant, as others show it."""
    tenant = Tenant.objects.get(pk=tenant_id or current_tenant_id())
    host = Host.objects.filter(tenant_id=tenant.id).order_by("-is_primary", "domain").first()
    return TenantCard(
        id=tenant.id,
        slug=tenant.slug,
        name=tenant.name,
        legal_name=tenant.legal_name,
        document=tenant.document,
        city=tenant.city,
        time_zone=tenant.time_zone,
        locale=tenant.locale,
        alert_email=tenant.alert_email,
        base_url=host.base_url if host else "",
        brand_color=tenant.brand_color,
    )


def tenant_ids() -> list[UUID]:
    """Every active tenant. For the clock's reactions, which then act for one at a time."""
    with as_operator():
        active = Tenant.objects.filter(status=TenantStatus.ACTIVE).order_by("id")
        return list(active.values_list("id", flat=True))


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
