"""What a company was told of the room that its servers have for a plan."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from alicerce.apps.hosting.rules.room import is_worse
from alicerce.apps.hosting.types import RoomLevel
from alicerce.kernel.db import OperatedModel, TenantForeignKey
from alicerce.kernel.personal import Inventory


class PlanRoom(OperatedModel):
    """How far it had got when somebody was told last. With enough room again, it begins anew."""

    inventory: ClassVar = Inventory()

    plan = TenantForeignKey("catalog.Plan", models.CASCADE)
    level = models.CharField(
        max_length=6, choices=[(v, v) for v in RoomLevel], default=RoomLevel.ENOUGH
    )
    told_at = models.DateTimeField(null=True)

    class Meta(OperatedModel.Meta):
        constraints = [
            *OperatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "plan"], name="hosting_plan_room_per_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.level}"

    def see(self, level: RoomLevel, *, at: datetime) -> bool:
        """Whether it is worse than what was told. A place that comes back for a while takes nothing back."""
        told = RoomLevel(self.level)
        if level == RoomLevel.ENOUGH and told != RoomLevel.ENOUGH:
            self.level = level
            self.save(update_fields=["level"])
        if not is_worse(level, told):
            return False
        self.level, self.told_at = level, at
        self.save(update_fields=["level", "told_at"])
        return True
