"""What a company says about itself."""

from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.tenancy.events import TenantChanged
from alicerce.apps.tenancy.models import Tenant
from alicerce.apps.tenancy.types import Profile
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

TOLD = (
    "time_zone",
    "locale",
    "brand_color",
    "session_timeout_minutes",
    "lets_operators_in",
    "operators_ask",
)
"""What the trail keeps word by word; of names, documents and addresses only that they changed."""


@transaction()
def describe_company(*, profile: Profile, at: datetime) -> None:
    """Put other facts about the current tenant in place."""
    tenant = Tenant.objects.select_for_update(no_key=True).get(pk=current_tenant_id())
    before = tenant.profile
    if tenant.become(profile):
        audit.record(
            action="tenant.changed",
            entity="tenant",
            entity_id=tenant.id,
            before=_told(before),
            after=_told(profile) | {"changed": _differences(before, profile)},
            at=at,
        )
        publish(TenantChanged(at=at))


def _told(profile: Profile) -> dict[str, str | int | list[str]]:
    return {name: getattr(profile, name) for name in TOLD}


def _differences(before: Profile, after: Profile) -> list[str]:
    names = Profile.__dataclass_fields__
    return sorted(name for name in names if getattr(before, name) != getattr(after, name))
