"""Requests for payment, their lines and their numbers."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_urlsafe
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.rules.fitting import Asked
from alicerce.apps.billing.types import (
    InvoiceStatus,
    InvoiceSummary,
    LineKind,
    LineView,
    NewLine,
    invoice_code,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import FISCAL, Inventory


def new_token() -> str:
    return token_urlsafe(32)


class InvoiceCounter(TenantModel):
    """The last number given out in a series. Whoever takes one holds the row until they commit."""

    inventory: ClassVar = Inventory(plain="series")

    series = models.CharField(max_length=8)
    last = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "series"], name="one_counter_per_series"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.last}"

    @classmethod
    def next(cls, series: str) -> int:
        """The next number; it is taken back if the transaction fails, so there are no gaps."""
        cls.objects.bulk_create([cls(series=series)], ignore_conflicts=True)
        counter = cls.objects.select_for_update(of=("self",)).get(series=series)
        counter.last += 1
        counter.save(update_fields=["last"])
        return int(counter.last)


class InvoiceQuerySet(TenantQuerySet["Invoice"]):
    def issued(self) -> "InvoiceQuerySet":
        return self.exclude(status=InvoiceStatus.DRAFT)

    def newest_first(self) -> "InvoiceQuerySet":
        return self.order_by("-id")


class Invoice(OperatedModel):
    """A request for payment. Once open, what it asks for never changes: the database refuses."""

    inventory: ClassVar = Inventory(
        _("Faturas"),
        of={"customer": "customer_id"},
        names={"invoice": "id"},
        plain="series currency token",
        hidden="token",
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    order_id = models.UUIDField(null=True)
    series = models.CharField(max_length=8, default="A")
    number = models.PositiveIntegerField(null=True)
    status = models.CharField(
        max_length=8,
        choices=[(s.value, s.value) for s in InvoiceStatus],
        default=InvoiceStatus.DRAFT,
    )
    currency = models.CharField(max_length=3)
    total_cents = models.BigIntegerField(default=0)
    due_on = models.DateField()
    opened_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    token = models.CharField(max_length=43, default=new_token)

    objects: ClassVar[Any] = InvoiceQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "series", "number"], name="invoice_number_per_series"
            ),
            UniqueConstraint(fields=["tenant", "token"], name="invoice_token_per_tenant"),
            UniqueConstraint(
                fields=["tenant", "order_id"],
                condition=~Q(status="void"),
                name="one_invoice_per_order",
            ),
            CheckConstraint(condition=Q(total_cents__gte=0), name="invoice_total_not_negative"),
            CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="invoice_currency_iso"
            ),
            CheckConstraint(
                condition=Q(status="draft", number__isnull=True, opened_at__isnull=True)
                | (~Q(status="draft") & Q(number__isnull=False, opened_at__isnull=False)),
                name="invoice_numbered_iff_issued",
            ),
            CheckConstraint(
                condition=Q(status="paid", paid_at__isnull=False)
                | (~Q(status="paid") & Q(paid_at__isnull=True)),
                name="invoice_paid_at_iff_paid",
            ),
            CheckConstraint(
                condition=Q(status="void", voided_at__isnull=False)
                | (~Q(status="void") & Q(voided_at__isnull=True)),
                name="invoice_voided_at_iff_void",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "order_id"], name="invoices_of_order"),
            models.Index(fields=["tenant", "customer", "-id"], name="invoices_of_customer"),
            models.Index(fields=["tenant", "due_on", "id"], name="invoices_by_due_date"),
            models.Index(
                fields=["tenant", "id"], condition=Q(status="open"), name="invoices_left_to_pay"
            ),
        ]

    def __str__(self) -> str:
        return f"invoice {self.code if self.number else self.series}"

    @property
    def code(self) -> str:
        assert self.number is not None
        return invoice_code(self.series, self.number)

    @property
    def total(self) -> Money:
        return Money(self.total_cents, self.currency)

    @property
    def asked(self) -> Asked:
        return Asked(self.total, InvoiceStatus(self.status))

    def add_lines(self, lines: Sequence[NewLine]) -> None:
        InvoiceLine.objects.bulk_create(
            InvoiceLine(
                invoice=self,
                position=position,
                description=line.description,
                quantity=line.quantity,
                unit_cents=line.unit.cents,
                total_cents=line.total.cents,
                kind=line.kind,
                subscription_id=line.subscription_id,
                starts_on=line.starts_on,
                ends_on=line.ends_on,
            )
            for position, line in enumerate(lines, start=1)
        )

    def open(self, *, total: Money, at: datetime) -> None:
        """Get a number and ask for what the lines sum to."""
        self.number = InvoiceCounter.next(self.series)
        self.status, self.opened_at = InvoiceStatus.OPEN, at
        self.total_cents = total.cents
        self.save(update_fields=["number", "status", "opened_at", "total_cents"])

    def settle(self, *, at: datetime) -> None:
        """Become paid, by whoever saw the payment fit."""
        self.status, self.paid_at = InvoiceStatus.PAID, at
        self.save(update_fields=["status", "paid_at"])

    def void(self, *, at: datetime) -> bool:
        """Become void. False when it already is; an invoice that is paid stays paid."""
        if self.status != InvoiceStatus.OPEN:
            return False
        self.status, self.voided_at = InvoiceStatus.VOID, at
        self.save(update_fields=["status", "voided_at"])
        return True

    def summary(self) -> InvoiceSummary:
        """What others see of an issued invoice."""
        assert self.number is not None
        assert self.opened_at is not None
        return InvoiceSummary(
            id=self.id,
            number=self.number,
            series=self.series,
            status=InvoiceStatus(self.status),
            customer_id=self.customer_id,
            order_id=self.order_id,
            total=self.total,
            due_on=self.due_on,
            opened_at=self.opened_at,
            paid_at=self.paid_at,
            token=self.token,
        )


class InvoiceLine(OperatedModel):
    """One thing asked to be paid. Written while the invoice is a draft."""

    inventory: ClassVar = Inventory(
        _("Itens de faturas"), of={"invoice": "invoice_id"}, keep={FISCAL: "description"}
    )

    invoice = TenantForeignKey(Invoice, models.PROTECT)
    position = models.PositiveSmallIntegerField()
    description = models.CharField(max_length=200)
    quantity = models.PositiveIntegerField()
    unit_cents = models.BigIntegerField()
    total_cents = models.BigIntegerField()
    kind = models.CharField(
        max_length=10, choices=[(k.value, k.value) for k in LineKind], db_default=LineKind.PLAN
    )
    subscription_id = models.UUIDField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "invoice", "position"], name="invoice_line_position"
            ),
            CheckConstraint(
                condition=Q(total_cents=F("quantity") * F("unit_cents"), quantity__gte=1),
                name="invoice_line_total",
            ),
            CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | Q(ends_on__gt=F("starts_on")),
                name="invoice_line_days",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "subscription_id"],
                condition=Q(subscription_id__isnull=False),
                name="invoice_lines_of_subscription",
            ),
        ]

    def __str__(self) -> str:
        return self.description

    def view(self, currency: str) -> LineView:
        return LineView(
            description=self.description,
            quantity=self.quantity,
            unit=Money(self.unit_cents, currency),
            total=Money(self.total_cents, currency),
            kind=LineKind(self.kind),
            subscription_id=self.subscription_id,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )
