"""What time it is in a sandbox."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.tenancy.models import SandboxClock, Tenant
from alicerce.apps.tenancy.types import ClockView
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.db import transaction


def reading_of(tenant_id: UUID) -> datetime | None:
    """What the sandbox's own clock reads; None while nobody moved it."""
    with transaction(shared=True):
        clocks = SandboxClock.objects.filter(tenant_id=tenant_id)
        found: datetime | None = clocks.values_list("reads_at", flat=True).first()
    return found


def is_sandbox() -> bool:
    """Whether the current tenant is a company's twin for rehearsals."""
    twins = Tenant.objects.filter(pk=current_tenant_id(), sandbox_of__isnull=False)
    return twins.exists()


def sandbox_clock(*, at: datetime) -> ClockView:
    """The current sandbox's clock; it reads `at` while nobody moved it."""
    clock = SandboxClock.objects.first()
    if clock is None:
        return ClockView(reads_at=at, until=None, was_moved=False)
    return ClockView(reads_at=clock.reads_at, until=clock.until, was_moved=True)
