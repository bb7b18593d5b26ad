"""Tell who sees to servers that a plan runs out of room, before it does and when it has."""

from collections.abc import Sequence
from datetime import datetime

from alicerce.apps.hosting import permissions
from alicerce.apps.hosting.events import PlanRanLow, PlanSoldOut
from alicerce.apps.hosting.models import PlanRoom, Policy
from alicerce.apps.hosting.queries.packages import PlanOnServers
from alicerce.apps.hosting.queries.room import places_by_plan
from alicerce.apps.hosting.rules.room import level_of
from alicerce.apps.hosting.types import RoomLevel
from alicerce.apps.notify import public as notify
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.ids import uuid7
from alicerce.kernel.locks import hold

Told = tuple[PlanOnServers, int]


@transaction()
def tell_of_room(*, at: datetime) -> int:
    """Each plan once when it runs low and once when it is full, until it has enough; how many that was.

    One letter to each person, whatever number of plans there is. Safe to repeat.
    """
    hold("hosting.room.told")
    low = Policy.objects.custom().low_room
    known = {row.plan_id: row for row in PlanRoom.objects.all()}
    worse: list[Told] = []
    for plan, left in places_by_plan(most=low + 1):
        level = level_of(left, low=low)
        if level == RoomLevel.ENOUGH and plan.plan_id not in known:
            continue
        row = known.get(plan.plan_id) or PlanRoom.objects.create(plan_id=plan.plan_id)
        if row.see(level, at=at):
            worse.append((plan, left))
    if worse:
        _publish(worse, at)
        _write(worse, at)
    return len(worse)


def _publish(worse: Sequence[Told], at: datetime) -> None:
    for plan, left in worse:
        if left:
            publish(PlanRanLow(at=at, plan_id=plan.plan_id, left=left))
        else:
            publish(PlanSoldOut(at=at, plan_id=plan.plan_id))


def _write(worse: Sequence[Told], at: datetime) -> None:
    tenant, telling = tenancy.tenant_card(), uuid7()
    for member in tenancy.members():
        if permissions.WRITE_SERVERS not in member.role.permissions:
            continue
        notify.send(
            template="room_runs_out",
            to=member.email,
            key=f"room:{telling}:{member.user_id}",
            values={
                "name": member.name,
                "full": ", ".join(plan.name for plan, left in worse if not left),
                "low": ", ".join(f"{plan.name} ({left})" for plan, left in worse if left),
                "link_servers": f"{tenant.base_url.rstrip('/')}/app/servidores/",
            },
            at=at,
            locale=tenant.locale,
        )
