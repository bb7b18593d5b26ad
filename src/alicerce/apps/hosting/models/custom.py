"""How a company wants its services suspended and removed, and when it hears of room: one row, or what all start with."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alicerce.apps.hosting.types import Custom, Remover, WebAlone
from alicerce.kernel.db import OperatedModel, TenantQuerySet
from alicerce.kernel.personal import Inventory

LONGEST = 365
MOST_PLACES = 1_000


class PolicyQuerySet(TenantQuerySet["Policy"]):
    def custom(self) -> Custom:
        found = self.first()
        return found.custom() if found else Custom()


class Policy(OperatedModel):
    """The choices of one company."""

    inventory: ClassVar = Inventory()

    days_until_removal = models.PositiveSmallIntegerField(default=30)
    remover = models.CharField(
        max_length=6, choices=[(r, r) for r in Remover], default=Remover.PERSON
    )
    web_alone = models.CharField(
        max_length=7, choices=[(w, w) for w in WebAlone], default=WebAlone.WHOLE
    )
    low_room = models.PositiveSmallIntegerField(default=5, db_default=5)

    objects: ClassVar[PolicyQuerySet] = PolicyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OperatedModel.Meta):
        constraints = [
            *OperatedModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant"], name="hosting_policy_per_tenant"),
            models.CheckConstraint(
                condition=Q(days_until_removal__lte=LONGEST), name="hosting_policy_days"
            ),
            models.CheckConstraint(
                condition=Q(low_room__lte=MOST_PLACES), name="hosting_policy_low_room"
            ),
        ]

    def __str__(self) -> str:
        return str(self.tenant_id)

    def custom(self) -> Custom:
        return Custom(
            self.days_until_removal,
            Remover(self.remover),
            WebAlone(self.web_alone),
            self.low_room,
        )

    def follow(self, custom: Custom) -> None:
        self.days_until_removal, self.remover = custom.days_until_removal, custom.remover
        self.web_alone, self.low_room = custom.web_alone, custom.low_room
        self.save()
