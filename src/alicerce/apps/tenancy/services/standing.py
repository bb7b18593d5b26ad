"""Closing a company's doors, and opening them again. Its sandbox goes the same way, in the same step."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.tenancy.events import (
    TenantRestricted,
    TenantResumed,
    TenantSuspended,
    TenantUnrestricted,
)
from alicerce.apps.tenancy.models import Tenant
from alicerce.apps.tenancy.queries.companies import sandbox_of
from alicerce.apps.tenancy.types import RestrictionCause
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.restrictions import Restriction


@transaction()
def suspend_tenant(*, reason: str, at: datetime) -> None:
    """Close the current tenant's doors. The next request finds them closed; members read why."""

    def close(tenant: Tenant) -> None:
        if tenant.suspend(reason, at=at):
            _record("tenant.suspended", tenant, {"reason": reason}, at=at)
            publish(TenantSuspended(at=at))

    _with_its_sandbox(close)


@transaction()
def resume_tenant(*, at: datetime) -> None:
    """Open the current tenant's doors again."""

    def open_again(tenant: Tenant) -> None:
        if tenant.resume():
            _record("tenant.resumed", tenant, None, at=at)
            publish(TenantResumed(at=at))

    _with_its_sandbox(open_again)


@transaction()
def restrict_tenant(
    *, restriction: Restriction, cause: RestrictionCause | None, at: datetime
) -> None:
    """Let the current tenant do less, or everything again, from the next request on.

    Said twice it changes nothing; the platform itself is never restricted.
    """

    def change(tenant: Tenant) -> None:
        before = tenant.restriction
        if not tenant.restrict(restriction, cause, at=at):
            return
        _record(
            "tenant.restricted" if restriction else "tenant.unrestricted",
            tenant,
            {"restriction": restriction.value, "cause": tenant.restriction_cause},
            at=at,
        )
        if before != restriction:
            _tell_of_restriction(tenant, at=at)

    _with_its_sandbox(change)


def _tell_of_restriction(tenant: Tenant, *, at: datetime) -> None:
    if not tenant.restriction:
        publish(TenantUnrestricted(at=at))
        return
    publish(
        TenantRestricted(at=at, restriction=tenant.restriction, cause=tenant.restriction_cause)
    )


def _with_its_sandbox(change: Callable[[Tenant], None]) -> None:
    """The company first: whoever opens its sandbox waits for that row."""
    change(_locked(current_tenant_id()))
    twin = sandbox_of(current_tenant_id())
    if twin:
        with acting(tenant_id=twin), transaction():
            change(_locked(twin))


def _locked(tenant_id: UUID) -> Tenant:
    return Tenant.objects.select_for_update(no_key=True).get(pk=tenant_id)


def _record(action: str, tenant: Tenant, after: dict[str, str] | None, *, at: datetime) -> None:
    audit.record(action=action, entity="tenant", entity_id=tenant.id, after=after, at=at)
