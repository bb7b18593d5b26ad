"""What a plan asks of its buyers beside what every order asks."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Index

from alicerce.apps.catalog.models.plan import Plan
from alicerce.apps.catalog.types import FieldForm, FieldKind
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory

WRITTEN = ("label", "label_en", "help", "is_required", "is_personal", "choices", "position")


class PlanFieldQuerySet(TenantQuerySet["PlanField"]):
    def asked(self) -> "PlanFieldQuerySet":
        return self.filter(retired_at__isnull=True).order_by("position", "id")


class PlanField(TenantModel):
    """A question to the buyer. Orders keep the words it was asked in, whatever becomes of it."""

    inventory: ClassVar = Inventory(plain="label label_en help choices")

    plan = TenantForeignKey(Plan, models.PROTECT)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in FieldKind])
    label = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80, blank=True)
    help = models.CharField(max_length=160, blank=True)
    is_required = models.BooleanField(default=True)
    is_personal = models.BooleanField(default=False)
    choices = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = PlanFieldQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [
            Index(fields=["tenant", "plan", "position"], name="fields_of_plan"),
        ]

    def __str__(self) -> str:
        return self.label

    def adopt(self, form: FieldForm) -> list[str]:
        """Say what the form says; the names of what differs. Its kind stays."""
        wanted = {name: getattr(form, name) for name in WRITTEN}
        wanted["choices"] = list(form.choices)
        changed = [name for name, value in wanted.items() if getattr(self, name) != value]
        for name, value in wanted.items():
            setattr(self, name, value)
        return changed

    def retire(self, *, at: datetime) -> None:
        """Be asked no more."""
        self.retired_at = at
        self.save(update_fields=["retired_at"])
