"""What tenancy does."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.tenancy.errors import OperatorOutsideRoot
from alicerce.apps.tenancy.events import TenantOpened
from alicerce.apps.tenancy.models import Host, Membership, Tenant
from alicerce.apps.tenancy.types import RoleKey
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.ids import uuid7


def open_tenant(
    *, at: datetime, slug: str, hosts: tuple[str, ...] = (), **given: str | bool
) -> UUID:
    """Open a company. Its first host name, with its address, is where its links lead."""
    tenant_id = uuid7()
    with acting(tenant_id=tenant_id), transaction():
        Tenant.objects.create(id=tenant_id, slug=slug, **given)
        for position, base_url in enumerate(hosts):
            _attach_host(tenant_id, base_url, is_primary=position == 0)
        audit.record(action="tenant.opened", entity="tenant", entity_id=tenant_id, at=at)
        publish(TenantOpened(at=at, slug=slug))
    return tenant_id


def _attach_host(tenant_id: UUID, base_url: str, *, is_primary: bool) -> None:
    domain = base_url.partition("://")[2].split("/")[0].partition(":")[0].lower()
    Host.objects.create(
        tenant_id=tenant_id, domain=domain, base_url=base_url, is_primary=is_primary
    )


@transaction()
def open_sandbox(*, of: UUID, as_id: UUID, at: datetime) -> bool:
    """Open the test twin of the current company under this id. False when it was open."""
    live = Tenant.objects.get(pk=of)
    with acting(tenant_id=as_id), transaction():
        _, is_new = Tenant.objects.get_or_create(id=as_id, defaults=live.twin())
        if is_new:
            audit.record(action="sandbox.opened", entity="tenant", entity_id=as_id, at=at)
    return is_new


@transaction()
def add_member(*, user_id: UUID, role: RoleKey, at: datetime) -> None:
    """Give a person a role in the current tenant; a role they had is replaced.

    Raises OperatorOutsideRoot.
    """
    if role is RoleKey.OPERATOR and not Tenant.objects.get().is_root:
        raise OperatorOutsideRoot
    membership, _ = Membership.objects.update_or_create(
        user_id=user_id, defaults={"role": role.value}
    )
    audit.record(
        action="member.added",
        entity="membership",
        entity_id=membership.id,
        after={"user_id": user_id, "role": role.value},
        at=at,
    )
