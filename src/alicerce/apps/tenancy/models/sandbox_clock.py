"""The clock of a sandbox: where it stands, and where it was sent."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from alicerce.kernel.db import TenantModel
from alicerce.kernel.personal import Inventory


class SandboxClock(TenantModel):
    """Time in a sandbox, once somebody moved it: it stands still but for the moves."""

    inventory: ClassVar = Inventory()

    reads_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    turn = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant"], name="one_clock_per_sandbox"),
            CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("reads_at")),
                name="sandbox_clock_goes_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.reads_at.isoformat()

    def head_for(self, until: datetime) -> None:
        self.until, self.turn = until, self.turn + 1
        self.save(update_fields=["until", "turn"])

    def step(self, reads_at: datetime) -> None:
        self.reads_at, self.turn = reads_at, self.turn + 1
        self.save(update_fields=["reads_at", "turn"])

    def arrive(self) -> None:
        self.until = None
        self.save(update_fields=["until"])
