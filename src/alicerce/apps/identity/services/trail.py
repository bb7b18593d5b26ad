"""What happens to accounts, in the audit trail of the company where it happened."""

from datetime import datetime
from typing import Any
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.kernel.context import acting, current
from alicerce.kernel.db import transaction


@transaction()
def note(*, action: str, user_id: UUID, at: datetime, **facts: Any) -> None:
    """Ids and kinds only: a name or an e-mail has no place in the trail.

    Who just signed in was a visitor when the request began, and is the actor from here on.
    """
    if current().tenant_id is None:
        return
    actor = current().actor
    with acting(
        tenant_id=current().tenant_id,
        actor=f"user:{user_id}" if actor == "visitor" else actor,
    ):
        audit.record(
            action=action, entity="person", entity_id=user_id, after=facts or None, at=at
        )
