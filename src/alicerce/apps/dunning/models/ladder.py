"""A company's ladders, what they were in each version, and what holds for single customers."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.dunning.types import (
    CHOOSABLE,
    LadderCard,
    LadderSpec,
    OverrideCard,
    Rung,
    StepKind,
    Terms,
)
from alicerce.kernel.db import AppendOnlyModel, TenantForeignKey, TenantModel
from alicerce.kernel.personal import Inventory

LONGEST_REASON = 300


class Ladder(TenantModel):
    """One of a company's ladders. Its steps are those of its newest version."""

    inventory: ClassVar = Inventory(plain="name")

    name = models.CharField(max_length=60)
    is_default = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "name"], name="one_ladder_per_name"),
            UniqueConstraint(
                fields=["tenant"], condition=Q(is_default=True), name="one_default_ladder"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def write(self, spec: LadderSpec, *, at: datetime) -> "LadderVersion":
        """Become something else from now on. What it was stays on record."""
        self.version += 1
        self.save(update_fields=["version"])
        version: LadderVersion = LadderVersion.objects.create(
            ladder=self,
            number=self.version,
            opens=spec.terms.opens,
            closes=spec.terms.closes,
            on_business_days=spec.terms.on_business_days,
            notice_hours=spec.terms.notice_hours,
            written_at=at,
        )
        LadderStep.objects.bulk_create(
            LadderStep(
                version=version,
                key=rung.key,
                offset_days=rung.offset_days,
                kind=rung.kind,
                note=rung.note,
            )
            for rung in spec.in_order
        )
        return version

    def card(self) -> LadderCard:
        version = LadderVersion.objects.get(ladder_id=self.pk, number=self.version)
        return LadderCard(self.id, self.name, self.version, self.is_default, version.spec())


class LadderVersion(AppendOnlyModel):
    """What a ladder was from one edit to the next: never rewritten."""

    inventory: ClassVar = Inventory()

    ladder = TenantForeignKey(Ladder, models.PROTECT)
    number = models.PositiveIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()
    on_business_days = models.BooleanField()
    notice_hours = models.PositiveSmallIntegerField()
    written_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "ladder", "number"], name="one_ladder_version"),
            CheckConstraint(
                condition=Q(opens__lt=models.F("closes"), closes__lte=24),
                name="ladder_hours_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    def spec(self) -> LadderSpec:
        steps = LadderStep.objects.filter(version_id=self.pk).order_by("offset_days", "id")
        terms = Terms(self.opens, self.closes, self.on_business_days, self.notice_hours)
        return LadderSpec(terms, tuple(step.rung() for step in steps))


class LadderStep(AppendOnlyModel):
    """A step of one version of a ladder."""

    inventory: ClassVar = Inventory(plain="key note")

    version = TenantForeignKey(LadderVersion, models.PROTECT)
    key = models.CharField(max_length=20)
    offset_days = models.SmallIntegerField()
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in CHOOSABLE])
    note = models.CharField(max_length=300, blank=True)

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "version", "key"], name="one_step_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.version_id}"

    def rung(self) -> Rung:
        return Rung(self.key, self.offset_days, StepKind(self.kind), self.note)


class Override(TenantModel):
    """What holds for one customer instead: another ladder, more time, or nothing until a day."""

    inventory: ClassVar = Inventory(
        _("Exceções da régua de cobrança"), of={"customer": "customer_id"}, erase="reason"
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    ladder = TenantForeignKey(Ladder, models.PROTECT, null=True)
    extra_days = models.PositiveSmallIntegerField(default=0)
    exempt_until = models.DateField(null=True)
    reason = models.CharField(max_length=LONGEST_REASON)
    set_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "customer"], name="one_override_per_customer"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "ladder"], name="overrides_of_ladder"),
        ]

    def __str__(self) -> str:
        return f"override of {self.customer_id}"

    def card(self) -> OverrideCard:
        return OverrideCard(
            self.customer_id,
            self.ladder_id,
            self.extra_days,
            self.exempt_until,
            self.reason,
            self.set_at,
        )
