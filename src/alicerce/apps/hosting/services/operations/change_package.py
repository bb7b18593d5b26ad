"""Have an account follow the plan that its customer has now."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting.services.operations.hold_back import held_of_line
from alicerce.apps.hosting.services.operations.reconcile import reconcile
from alicerce.kernel.db import transaction


@transaction()
def want_package(
    *, line_id: UUID, package: str, plan_name: str, said_at: datetime, at: datetime
) -> bool:
    """False when that is its package already, something newer was said, or it is no account of ours."""
    held = held_of_line(line_id)
    if held is None or held.service.removal_confirmed_at:
        return False
    service = held.service
    if not service.want_package(package, plan_name or service.plan_name, said_at=said_at):
        return False
    audit.record(
        action="service.package_wanted",
        entity="service",
        entity_id=service.id,
        before={"package": service.package, "plan": service.plan_name},
        after={"package": package, "plan": plan_name},
        at=at,
    )
    reconcile(held, at=at)
    return True
