"""Changes that were asked for: what they cost, and what became of them."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.types import Period
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions.models.subscription import Subscription
from alicerce.apps.subscriptions.types import Sold
from alicerce.apps.subscriptions.types.changes import (
    OPEN,
    ChangeKind,
    ChangeStatus,
    ChangeView,
    DropCause,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import CONTRACT, Inventory

CLOSING = ("status", "closed_at", "drop_cause")


class ChangeQuerySet(TenantQuerySet["Change"]):
    def open(self) -> "ChangeQuerySet":
        return self.filter(status__in=OPEN)

    def of(self, subscription_id: UUID) -> "Change | None":
        """The open one of a subscription: there is at most one."""
        found: Change | None = self.open().filter(subscription_id=subscription_id).first()
        return found

    def scheduled(self) -> "ChangeQuerySet":
        return self.filter(status=ChangeStatus.SCHEDULED)

    def over(self, on: date) -> "ChangeQuerySet":
        """Those whose day is here: to come into force, or to be waited for no longer."""
        return self.open().filter(look_on__lte=on)


class Change(OperatedModel):
    """Another plan for a subscription, or other items beside it, at the prices of that day.

    It waits for its invoice to be paid, until `look_on`; or, without an invoice, for `look_on` itself.
    """

    inventory: ClassVar = Inventory(
        _("Mudanças de assinaturas"),
        of={"subscription": "subscription_id"},
        keep={CONTRACT: "description"},
        plain="currency spec",
    )

    subscription = TenantForeignKey(Subscription, models.PROTECT)
    price = TenantForeignKey("catalog.Price", models.PROTECT)
    kind = models.CharField(
        max_length=5,
        choices=[(k.value, k.value) for k in ChangeKind],
        default=ChangeKind.PLAN,
        db_default=ChangeKind.PLAN,
    )
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=9, choices=[(s.value, s.value) for s in ChangeStatus])
    description = models.CharField(max_length=160)
    spec = models.JSONField(default=dict)
    cycle = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Cycle])
    amount_cents = models.PositiveBigIntegerField()
    net_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    effective_on = models.DateField()
    begins_on = models.DateField(null=True)
    begins_until = models.DateField(null=True)
    look_on = models.DateField()
    invoice = TenantForeignKey("billing.Invoice", models.PROTECT, null=True)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    drop_cause = models.CharField(
        max_length=9, choices=[(c.value, c.value) for c in DropCause], default="", blank=True
    )

    objects: ClassVar[Any] = ChangeQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "subscription"],
                condition=Q(status__in=["awaiting", "scheduled"]),
                name="one_open_change",
            ),
            CheckConstraint(
                condition=Q(status__in=["awaiting", "scheduled"], closed_at__isnull=True)
                | Q(status__in=["done", "dropped"], closed_at__isnull=False),
                name="change_closed_at_iff_closed",
            ),
            CheckConstraint(
                condition=~Q(status="awaiting") | Q(invoice__isnull=False, net_cents__gt=0),
                name="change_awaits_an_invoice",
            ),
            CheckConstraint(
                condition=Q(status="dropped", drop_cause__gt="")
                | (~Q(status="dropped") & Q(drop_cause="")),
                name="change_dropped_with_cause",
            ),
            CheckConstraint(
                condition=Q(begins_on__isnull=True, begins_until__isnull=True)
                | Q(begins_until__gt=F("begins_on")),
                name="change_begins_a_period",
            ),
        ]
        indexes: ClassVar = [
            Index(
                fields=["tenant", "look_on"],
                condition=Q(status__in=["awaiting", "scheduled"]),
                name="changes_to_look_at",
            ),
            Index(fields=["tenant", "subscription", "-id"], name="changes_of_subscription"),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def begins(self) -> Period | None:
        if self.begins_on is None or self.begins_until is None:
            return None
        return Period(self.begins_on, self.begins_until)

    def sold(self) -> Sold:
        return Sold(
            self.price_id, self.description, Cycle(self.cycle), self.amount_cents, self.version
        )

    def finish(self, *, at: datetime) -> None:
        """It is in force."""
        self.status, self.closed_at = ChangeStatus.DONE, at
        self.save(update_fields=CLOSING)

    def drop(self, cause: DropCause, *, at: datetime) -> None:
        self.status, self.closed_at, self.drop_cause = ChangeStatus.DROPPED, at, cause
        self.save(update_fields=CLOSING)

    def view(self) -> ChangeView:
        return ChangeView(
            id=self.id,
            subscription_id=self.subscription_id,
            price_id=self.price_id,
            status=ChangeStatus(self.status),
            description=self.description,
            cycle=Cycle(self.cycle),
            amount=Money(self.amount_cents, self.currency),
            net=Money(self.net_cents, self.currency),
            effective_on=self.effective_on,
            drop_on=self.look_on if self.status == ChangeStatus.AWAITING else None,
            invoice_id=self.invoice_id,
            asked_at=self.asked_at,
            closed_at=self.closed_at,
            kind=ChangeKind(self.kind),
        )
