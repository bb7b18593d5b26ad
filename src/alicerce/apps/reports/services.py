"""Tell reports what a plan costs."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.reports.models import PlanCost
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money


@transaction()
def keep_cost(
    *, plan_id: UUID, cost: Money | None, at: datetime, currency: str = "BRL"
) -> bool:
    """What one service of the plan costs each month; None forgets it. False when that was known."""
    own = PlanCost.objects.select_for_update(of=("self",))
    known: PlanCost | None = own.filter(plan_id=plan_id, currency=currency).first()
    before = known.monthly_cents if known else None
    after = cost.cents if cost else None
    if before == after:
        return False
    if after is None:
        assert known
        known.delete()
    elif known:
        known.become(after)
    else:
        PlanCost.objects.create(plan_id=plan_id, monthly_cents=after, currency=currency)
    audit.record(
        action="plan.cost_changed",
        entity="plan",
        entity_id=plan_id,
        before={"monthly_cents": before, "currency": currency},
        after={"monthly_cents": after, "currency": currency},
        at=at,
    )
    return True
