"""What we would have billed while another program did, and where the two do not agree."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.switching.models.dump import Dump
from alicerce.apps.switching.types import (
    UNEXPLAINED,
    Difference,
    DifferenceKind,
    Place,
    ShadowCard,
)
from alicerce.kernel.db import TenantForeignKey, TenantModel
from alicerce.kernel.money import Money
from alicerce.kernel.personal import CONTRACT, Inventory


class Shadow(TenantModel):
    """One comparison: the days looked at, by when their periods are due, and how much was found."""

    inventory: ClassVar = Inventory(plain="ours theirs")

    dump = TenantForeignKey(Dump, models.CASCADE)
    since = models.DateField()
    until = models.DateField()
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    invoices = models.PositiveIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    ours = models.JSONField(default=dict)
    theirs = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            CheckConstraint(condition=Q(until__gte=F("since")), name="shadow_has_days"),
            UniqueConstraint(
                fields=["tenant"],
                condition=Q(finished_at__isnull=True),
                name="one_shadow_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since} {self.until}"

    def finish(self, *, at: datetime) -> None:
        self.finished_at = at
        self.save()

    def card(self) -> ShadowCard:
        return ShadowCard(
            id=self.id,
            dump_id=self.dump_id,
            since=self.since,
            until=self.until,
            at=self.begun_at,
            finished_at=self.finished_at,
            invoices=self.invoices,
            lines=self.lines,
            matched=self.matched,
            ours=tuple(Money(cents, code) for code, cents in sorted(self.ours.items())),
            theirs=tuple(Money(cents, code) for code, cents in sorted(self.theirs.items())),
        )


class WouldBeInvoice(TenantModel):
    """An invoice that nobody got: what a customer would have been asked for on one day."""

    inventory: ClassVar = Inventory(
        _("Faturas simuladas na troca de sistema"),
        of={"customer": "customer_id"},
        keep={CONTRACT: "lines"},
        plain="currency",
    )

    shadow = TenantForeignKey(Shadow, models.CASCADE)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    due_on = models.DateField()
    currency = models.CharField(max_length=3)
    total_cents = models.BigIntegerField()
    lines = models.JSONField(default=list)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "shadow", "customer", "due_on", "currency"],
                name="one_would_be_invoice_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.total_cents}"


class ShadowDifference(TenantModel):
    """Something on which the two books do not agree, and why."""

    inventory: ClassVar = Inventory(
        _("Diferenças na troca de sistema"),
        of={"customer": "customer_id"},
        keep={CONTRACT: "values"},
        plain="currency",
    )

    shadow = TenantForeignKey(Shadow, models.CASCADE)
    kind = models.CharField(max_length=14, choices=[(k.value, k.value) for k in DifferenceKind])
    is_explained = models.BooleanField()
    place = models.CharField(max_length=24, choices=[(p.value, p.value) for p in Place])
    source_id = models.BigIntegerField()
    customer = TenantForeignKey("customers.Customer", models.PROTECT, null=True)
    due_on = models.DateField(null=True)
    ours_cents = models.BigIntegerField()
    theirs_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    invoice = models.BigIntegerField(default=0)
    values = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            CheckConstraint(
                condition=Q(is_explained=False, kind__in=sorted(UNEXPLAINED))
                | (Q(is_explained=True) & ~Q(kind__in=sorted(UNEXPLAINED))),
                name="difference_explained_by_its_kind",
            ),
        ]
        indexes: ClassVar = [
            Index(
                fields=["tenant", "shadow", "is_explained", "kind", "id"],
                name="differences_of_shadow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"

    def view(self) -> Difference:
        return Difference(
            kind=DifferenceKind(self.kind),
            place=Place(self.place),
            source_id=self.source_id,
            due_on=self.due_on,
            ours_cents=self.ours_cents,
            theirs_cents=self.theirs_cents,
            currency=self.currency,
            customer_id=self.customer_id,
            invoice=self.invoice,
            values=self.values,
        )
