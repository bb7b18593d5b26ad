"""What customers took from the catalog."""

from uuid import UUID

from alicerce.apps.catalog.models import Taking


def has_tried(customer_id: UUID, plan_id: UUID) -> bool:
    """A plan is tried once by a customer; what was given back was not tried."""
    tried = Taking.objects.filter(customer_id=customer_id, plan_id=plan_id, is_trial=True)
    return bool(tried.filter(returned_at__isnull=True).exists())
