"""Invoices on the ladder: where each is, what was done, and which services it holds."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.dunning.types import (
    ON_SERVICES,
    End,
    LadderCard,
    Mark,
    Outcome,
    Planned,
    StepKind,
    TakenView,
)
from alicerce.kernel.db import AppendOnlyModel, OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.personal import Inventory


class WalkQuerySet(TenantQuerySet["Walk"]):
    def on_the_way(self) -> "WalkQuerySet":
        return self.filter(ended_at__isnull=True)

    def due(self, at: datetime) -> "WalkQuerySet":
        return self.on_the_way().filter(next_at__lte=at)

    def overdue(self) -> "WalkQuerySet":
        return self.on_the_way().filter(overdue_at__isnull=False)

    def after(self, day: date, last: UUID) -> "WalkQuerySet":
        """Behind a place in the order of due dates."""
        return self.filter(Q(due_on__gt=day) | Q(due_on=day, id__gt=last))

    def look_again(self, *, at: datetime) -> int:
        """What was planned no longer holds: have each looked at now. Nothing is done for it."""
        return self.on_the_way().update(next_at=at)


class Walk(OperatedModel):
    """An invoice on its way down the ladder, until it is paid or taken back."""

    inventory: ClassVar = Inventory(_("Faturas na régua"), of={"customer": "customer_id"})

    invoice = TenantForeignKey("billing.Invoice", models.PROTECT)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(
        max_length=8, blank=True, choices=[(end.value, end.value) for end in End]
    )

    objects: ClassVar[Any] = WalkQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "invoice"], name="one_walk_per_invoice"),
            CheckConstraint(
                condition=Q(ended_at__isnull=True, end="")
                | (Q(ended_at__isnull=False, next_at__isnull=True) & ~Q(end="")),
                name="walk_ended_has_no_next",
            ),
        ]
        indexes: ClassVar = [
            # lint: allow tenant-unique because the clock asks whose turn it is; it is not unique
            models.Index(
                fields=["next_at"],
                condition=Q(next_at__isnull=False),
                name="dunning_walks_due",
            ),
            models.Index(
                fields=["tenant", "customer"],
                condition=Q(ended_at__isnull=True),
                name="dunning_walks_of_customer",
            ),
            models.Index(
                fields=["tenant", "due_on", "id"],
                condition=Q(ended_at__isnull=True, overdue_at__isnull=False),
                name="dunning_walks_overdue",
            ),
        ]

    def __str__(self) -> str:
        return f"walk of {self.invoice_id}"

    def expect(self, step: Planned | None) -> None:
        """Wait for the next step; without one there is nothing to do until it is paid."""
        self.next_at = step.at if step else None
        self.save(update_fields=["next_at"])

    def wait(self, until: datetime) -> None:
        """Whatever step is next, not before."""
        self.next_at = until
        self.save(update_fields=["next_at"])

    def become_overdue(self, *, at: datetime) -> None:
        self.overdue_at = at
        self.save(update_fields=["overdue_at"])

    def finish(self, end: End, *, at: datetime) -> bool:
        """Leave the ladder. False when it already had."""
        if self.ended_at:
            return False
        self.ended_at, self.end, self.next_at = at, end, None
        self.save(update_fields=["ended_at", "end", "next_at"])
        return True


class Taken(AppendOnlyModel):
    """A step that was taken: once for each invoice, whatever becomes of the ladder."""

    inventory: ClassVar = Inventory(plain="step ladder announces")

    walk = TenantForeignKey(Walk, models.PROTECT)
    invoice = TenantForeignKey("billing.Invoice", models.PROTECT)
    step = models.CharField(max_length=30)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in StepKind])
    offset_days = models.SmallIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=[(o.value, o.value) for o in Outcome])
    announces = models.CharField(max_length=20, blank=True)
    announced_at = models.DateTimeField(null=True)
    ladder = models.CharField(max_length=60)
    version = models.PositiveIntegerField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "invoice", "step"], name="each_step_once"),
            CheckConstraint(
                condition=Q(announces="", announced_at__isnull=True)
                | (~Q(announces="") & Q(announced_at__isnull=False)),
                name="taken_announces_with_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} for {self.invoice_id}"

    @classmethod
    def of(cls, walk: Walk, mark: Mark, ladder: LadderCard) -> "Taken":
        return cls(
            walk=walk,
            invoice_id=walk.invoice_id,
            step=mark.step,
            kind=mark.kind,
            offset_days=mark.offset_days,
            at=mark.at,
            outcome=mark.outcome,
            announces=mark.announces,
            announced_at=mark.announced_at,
            ladder=ladder.name,
            version=ladder.version,
        )

    def mark(self) -> Mark:
        return Mark(
            self.step,
            StepKind(self.kind),
            self.offset_days,
            self.at,
            Outcome(self.outcome),
            self.announces,
            self.announced_at,
        )

    def view(self) -> TakenView:
        return TakenView(
            self.step,
            StepKind(self.kind),
            self.offset_days,
            self.at,
            Outcome(self.outcome),
            self.ladder,
            self.version,
        )


class HoldQuerySet(TenantQuerySet["Hold"]):
    def held(self) -> "HoldQuerySet":
        return self.filter(released_at__isnull=True)


class Hold(OperatedModel):
    """A subscription that an unpaid invoice keeps suspended; released when it is paid."""

    inventory: ClassVar = Inventory()

    walk = TenantForeignKey(Walk, models.PROTECT)
    subscription_id = models.UUIDField()
    scope = models.CharField(max_length=12, choices=[(k.value, k.value) for k in ON_SERVICES])
    held_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = HoldQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "walk", "subscription_id"], name="one_hold_per_subscription"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "subscription_id"],
                condition=Q(released_at__isnull=True),
                name="holds_of_subscription",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id} held by {self.walk_id}"

    def release(self, *, at: datetime) -> None:
        self.released_at = at
        self.save(update_fields=["released_at"])
