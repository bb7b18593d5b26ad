"""Tables of ${app}."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from alicerce.apps.${app}.types import ${Noun}Status
from alicerce.kernel.db import TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory


class ${Noun}QuerySet(TenantQuerySet["${Noun}"]):
    def open(self) -> "${Noun}QuerySet":
        return self.filter(status=${Noun}Status.OPEN)


class ${Noun}(TenantModel):
    inventory: ClassVar = Inventory(plain="label")

    label = models.CharField(max_length=80)
    status = models.CharField(
        max_length=8,
        choices=[(status, status) for status in ${Noun}Status],
        default=${Noun}Status.OPEN,
    )
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[${Noun}QuerySet] = ${Noun}QuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            UniqueConstraint("tenant", "label", name="${app}_${noun}_label_per_tenant"),
            CheckConstraint(
                condition=Q(status=${Noun}Status.CLOSED) ^ Q(closed_at__isnull=True),
                name="${app}_${noun}_closed_at_iff_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def close(self, *, at: datetime) -> bool:
        """Become closed. False when it already was."""
        if self.status == ${Noun}Status.CLOSED:
            return False
        self.status, self.closed_at = ${Noun}Status.CLOSED, at
        self.save(update_fields=["status", "closed_at"])
        return True
