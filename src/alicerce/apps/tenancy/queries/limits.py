"""How much the current tenant may have of what is limited, and how much it has."""

from datetime import datetime

from alicerce.apps.tenancy.models import ProductSubscription
from alicerce.apps.tenancy.ports import counts
from alicerce.apps.tenancy.types import LimitKey, LimitView


def limit_of(key: LimitKey) -> int | None:
    """The most that any of its products allows; None while none of them says."""
    stated = ProductSubscription.objects.filter(is_enabled=True, limits__has_key=key.value)
    return max((row.limits[key.value] for row in stated), default=None)


def limits(*, at: datetime) -> list[LimitView]:
    return [LimitView(key, counts[key](at), limit_of(key)) for key in LimitKey]
