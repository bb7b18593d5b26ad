"""What came of another program's rows here, and what is kept of its money to look at."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.switching.types import Course, OldInvoiceView, Place
from alicerce.kernel.bulk import insert_rows
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import FISCAL, Inventory


def write_all(rows: Sequence[models.Model], columns: Sequence[str]) -> None:
    """In one statement, which costs a fraction of what Django's own does."""
    if rows:
        told = [(row.pk, *(_told(row, name) for name in columns)) for row in rows]
        insert_rows(type(rows[0]), ("id", *columns), told)


def _told(row: models.Model, column: str) -> Any:
    value = getattr(row, column)
    return json.dumps(value) if isinstance(value, (dict, list)) else value


LINK = (
    "place", "source_id", "entity", "entity_id", "digest", "mark", "is_found", "beside",
)  # fmt: skip
OLD_INVOICE = (
    "customer_id", "source_id", "number", "issued_on", "due_on", "paid_on", "status", "currency",
    "total_cents", "paid_cents", "owed_cents", "lines",
)  # fmt: skip
OLD_PAYMENT = (
    "customer_id", "source_id", "invoice_source", "gateway", "reference", "paid_at", "cents",
    "currency",
)  # fmt: skip


class LinkQuerySet(TenantQuerySet["Link"]):
    def of(self, place: Place) -> "LinkQuerySet":
        return self.filter(place=place)


class Link(TenantModel):
    """A row there and what it is here, once. `mark` is how ours was left: another one means that people changed it.

    `beside` are ids of what was written with it.
    """

    inventory: ClassVar = Inventory(plain="entity digest mark beside")

    place = models.CharField(max_length=24, choices=[(p.value, p.value) for p in Place])
    source_id = models.BigIntegerField()
    entity = models.CharField(max_length=24)
    entity_id = models.UUIDField()
    digest = models.CharField(max_length=32)
    mark = models.CharField(max_length=120, default="", blank=True)
    is_found = models.BooleanField(default=False)
    beside = models.JSONField(default=dict)

    objects: ClassVar[Any] = LinkQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "place", "source_id"], name="source_row_once"),
        ]
        indexes: ClassVar = [
            Index(fields=["tenant", "entity_id"], name="links_of_entity"),
            Index(fields=["tenant", "place", "id"], name="links_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.source_id}"


class OldInvoice(TenantModel):
    """An invoice of the other program as it was, under the number it had there. It asks nobody for money."""

    inventory: ClassVar = Inventory(
        _("Faturas do sistema anterior"),
        of={"customer": "customer_id"},
        keep={FISCAL: "number lines"},
        plain="status currency",
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    source_id = models.BigIntegerField()
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    due_on = models.DateField()
    paid_on = models.DateField(null=True)
    status = models.CharField(max_length=12)
    currency = models.CharField(max_length=3)
    total_cents = models.BigIntegerField()
    paid_cents = models.BigIntegerField()
    owed_cents = models.BigIntegerField()
    lines = models.JSONField(default=list)
    invoice_id = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "source_id"], name="old_invoice_once"),
            CheckConstraint(
                condition=Q(owed_cents__gte=0), name="old_invoice_owes_nothing_back"
            ),
        ]
        indexes: ClassVar = [
            Index(fields=["tenant", "customer", "-id"], name="old_invoices_of_customer"),
            Index(
                fields=["tenant", "id"],
                condition=Q(owed_cents__gt=0, invoice_id__isnull=True),
                name="old_invoices_to_open",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def view(self) -> OldInvoiceView:
        return OldInvoiceView(
            id=self.id,
            source_id=self.source_id,
            number=self.number,
            customer_id=self.customer_id,
            issued_on=self.issued_on,
            due_on=self.due_on,
            paid_on=self.paid_on,
            status=self.status,
            total=Money(self.total_cents, self.currency),
            paid=Money(self.paid_cents, self.currency),
            lines=tuple((words, cents) for words, cents in self.lines),
        )


class OldPayment(TenantModel):
    """Money that the other program booked. Below zero it went back."""

    inventory: ClassVar = Inventory(
        _("Pagamentos do sistema anterior"),
        of={"customer": "customer_id"},
        keep={FISCAL: "reference"},
        plain="gateway currency",
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    source_id = models.BigIntegerField()
    invoice_source = models.BigIntegerField(default=0)
    gateway = models.CharField(max_length=40)
    reference = models.CharField(max_length=120, default="", blank=True)
    paid_at = models.DateTimeField()
    cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "source_id"], name="old_payment_once"),
        ]
        indexes: ClassVar = [
            Index(fields=["tenant", "customer", "-id"], name="old_payments_of_customer"),
        ]

    def __str__(self) -> str:
        return self.reference


class Switch(TenantModel):
    """How far the company is with it: one row, made when the first dump comes."""

    inventory: ClassVar = Inventory()

    course = models.CharField(
        max_length=8, choices=[(c.value, c.value) for c in Course], default=Course.BESIDE
    )
    step = models.PositiveIntegerField(default=0)
    shadow = TenantForeignKey("switching.Shadow", models.PROTECT, null=True)
    unexplained = models.PositiveIntegerField(default=0)
    subscriptions = models.PositiveIntegerField(default=0)
    invoices = models.PositiveIntegerField(default=0)
    credits = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant"], name="one_switch"),
            CheckConstraint(
                condition=~Q(course="here") | Q(finished_at__isnull=False),
                name="switch_finished_once_here",
            ),
        ]

    def __str__(self) -> str:
        return self.course

    def set_out(self, course: Course, *, at: datetime, unexplained: int = 0) -> None:
        self.course, self.begun_at, self.unexplained = course, at, unexplained
        self.step += 1
        self.save()

    def step_on(self) -> None:
        self.step += 1
        self.save()

    def arrive(self, course: Course, *, at: datetime) -> None:
        self.course, self.finished_at = course, at
        self.save()
