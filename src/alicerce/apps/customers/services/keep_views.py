"""The views of the list that people keep."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.customers.models import SavedView
from alicerce.kernel.db import transaction


@transaction()
def save_view(*, user_id: UUID, name: str, query: str, is_shared: bool, at: datetime) -> UUID:
    """The same name again replaces what it showed."""
    view, _ = SavedView.objects.update_or_create(
        owner_id=user_id,
        name=" ".join(name.split())[:60],
        defaults={"query": query[:500], "is_shared": is_shared},
    )
    audit.record(
        action="customer_view.saved",
        entity="customer_view",
        entity_id=view.id,
        after={"is_shared": is_shared},
        at=at,
    )
    return UUID(str(view.id))


@transaction()
def remove_view(*, view_id: UUID, user_id: UUID, at: datetime) -> bool:
    """One's own only. False when there was none."""
    gone, _ = SavedView.objects.filter(pk=view_id, owner_id=user_id).delete()
    if gone:
        audit.record(
            action="customer_view.removed", entity="customer_view", entity_id=view_id, at=at
        )
    return bool(gone)
