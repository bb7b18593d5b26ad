"""Where a panel and our rows disagree, until they agree again."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alicerce.apps.hosting.models.server import Server
from alicerce.apps.hosting.models.service import Service
from alicerce.apps.hosting.types import DifferenceKind, DifferenceStatus, Disagreement
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.personal import CONTRACT, Inventory

STANDING = (DifferenceStatus.OPEN, DifferenceStatus.DISMISSED)


class DifferenceQuerySet(TenantQuerySet["Difference"]):
    def standing(self) -> "DifferenceQuerySet":
        """Still so, whether or not somebody said that it may be."""
        return self.filter(status__in=STANDING)


class Difference(OperatedModel):
    """One disagreement about one account; `ours` and `theirs` are states or packages."""

    inventory: ClassVar = Inventory(
        _("Divergências de contas"),
        of={"service": "service_id"},
        keep={CONTRACT: "username domain ours theirs"},
        erase="note",
    )

    server = TenantForeignKey(Server, models.CASCADE)
    service = TenantForeignKey(Service, models.CASCADE, null=True)
    kind = models.CharField(max_length=24, choices=[(k, k) for k in DifferenceKind])
    username = models.CharField(max_length=64)
    domain = models.CharField(max_length=253)
    ours = models.CharField(max_length=253, default="", blank=True)
    theirs = models.CharField(max_length=253, default="", blank=True)
    status = models.CharField(
        max_length=9, choices=[(s, s) for s in DifferenceStatus], default=DifferenceStatus.OPEN
    )
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, default="", blank=True)

    objects: ClassVar[DifferenceQuerySet] = DifferenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OperatedModel.Meta):
        constraints = [
            *OperatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "server", "username", "kind"],
                condition=Q(status__in=STANDING),
                name="hosting_difference_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "status", "-id"], name="hosting_differences_by_status"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.username}"

    def see(self, found: Disagreement, *, at: datetime) -> None:
        self.ours, self.theirs, self.domain = found.ours, found.theirs, found.domain
        self.last_seen_at = at
        self.save(update_fields=["ours", "theirs", "domain", "last_seen_at"])

    def settle(self, *, at: datetime) -> None:
        self.status, self.settled_at = DifferenceStatus.SETTLED, at
        self.save(update_fields=["status", "settled_at"])

    def dismiss(self, note: str) -> bool:
        if self.status != DifferenceStatus.OPEN:
            return False
        self.status, self.note = DifferenceStatus.DISMISSED, note
        self.save(update_fields=["status", "note"])
        return True

    def open_again(self) -> bool:
        if self.status != DifferenceStatus.DISMISSED:
            return False
        self.status, self.note = DifferenceStatus.OPEN, ""
        self.save(update_fields=["status", "note"])
        return True
