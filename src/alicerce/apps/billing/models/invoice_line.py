"""The lines of invoices."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.models.invoice import Invoice
from alicerce.apps.billing.types import LineKind, LineView, NewLine
from alicerce.kernel.bulk import insert_rows
from alicerce.kernel.db import OperatedModel, TenantForeignKey
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money
from alicerce.kernel.personal import FISCAL, Inventory

LINE = (
    "id",
    "invoice_id",
    "position",
    "description",
    "quantity",
    "unit_cents",
    "total_cents",
    "kind",
    "subscription_id",
    "starts_on",
    "ends_on",
    "service_code",
)


class InvoiceLine(OperatedModel):
    """One thing asked to be paid. Written while the invoice is a draft."""

    inventory: ClassVar = Inventory(
        _("Itens de faturas"),
        of={"invoice": "invoice_id"},
        keep={FISCAL: "description"},
        plain="service_code",
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
    service_code = models.CharField(max_length=6, default="", db_default="", blank=True)

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

    @property
    def is_tax(self) -> bool:
        return self.kind in {LineKind.TAX, LineKind.WITHHELD}

    @classmethod
    def write(cls, drafts: Iterable[tuple[UUID, Sequence[NewLine]]]) -> None:
        """The lines of many drafts, in one statement."""
        insert_rows(
            cls,
            LINE,
            [
                (uuid7(), invoice_id, position, *_columns(line))
                for invoice_id, lines in drafts
                for position, line in enumerate(lines, start=1)
            ],
        )

    @classmethod
    def totals_by_kind(cls, invoice_id: UUID) -> dict[str, int]:
        rows = cls.objects.filter(invoice_id=invoice_id).order_by().values_list("kind")
        return dict(rows.annotate(cents=models.Sum("total_cents")))

    def view(self, currency: str) -> LineView:
        return LineView(
            description=self.description,
            quantity=self.quantity,
            unit=Money(self.unit_cents, currency),
            total=Money(self.total_cents, currency),
            position=self.position,
            kind=LineKind(self.kind),
            subscription_id=self.subscription_id,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )


def _columns(line: NewLine) -> tuple[Any, ...]:
    return (
        line.description,
        line.quantity,
        line.unit.cents,
        line.total.cents,
        line.kind.value,
        line.subscription_id,
        line.starts_on,
        line.ends_on,
        line.service_code,
    )
