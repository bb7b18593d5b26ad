"""Whose turn it is, asked across tenants."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.reconciliation.models import Difference
from alicerce.kernel.db import as_operator


def tenants_with_old_differences(before: datetime) -> list[UUID]:
    """Call it outside of any tenant."""
    with as_operator():
        rows = Difference.objects.open().filter(opened_at__lte=before, told_at__isnull=True)
        return list(rows.order_by("tenant_id").values_list("tenant_id", flat=True).distinct())
