"""Why a service is held back: one row per cause and hand, so that lifting one leaves the others."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alicerce.apps.hosting.models.service import Service
from alicerce.apps.hosting.types import Cause, HoldCard, Origin, Scope
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.personal import Inventory


class HoldQuerySet(TenantQuerySet["Hold"]):
    def put(self, hold: "Hold") -> bool:
        """False when the same hand holds it already for this cause, with this scope."""
        if self.add_once(hold):
            return True
        same = self.filter(service=hold.service, cause=hold.cause, origin=hold.origin)
        changed = same.exclude(scope=hold.scope).update(scope=hold.scope, reason=hold.reason)
        return bool(changed)

    def lift(self, service: Service, origins: Iterable[Origin]) -> list[Cause]:
        """The causes that were there, put by these hands."""
        found = self.filter(service=service, origin__in=list(origins)).order_by("id")
        lifted = [Cause(cause) for cause in found.values_list("cause", flat=True)]
        found.delete()
        return lifted


class Hold(OperatedModel):
    """A reason to keep a service suspended. `reason` is what a person wrote; nobody else reads it."""

    inventory: ClassVar = Inventory(
        _("Motivos de suspensão"), of={"service": "service_id"}, erase="reason"
    )

    service = TenantForeignKey(Service, models.CASCADE, related_name="holds")
    cause = models.CharField(max_length=7, choices=[(c, c) for c in Cause])
    origin = models.CharField(max_length=12, choices=[(o, o) for o in Origin])
    scope = models.CharField(max_length=4, choices=[(s, s) for s in Scope])
    reason = models.CharField(max_length=500, default="", blank=True)
    since = models.DateTimeField()

    objects: ClassVar[HoldQuerySet] = HoldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OperatedModel.Meta):
        constraints = [
            *OperatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "service", "cause", "origin"], name="hosting_hold_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.cause}"

    def card(self) -> HoldCard:
        return HoldCard(
            Cause(self.cause), Origin(self.origin), Scope(self.scope), self.reason, self.since
        )
