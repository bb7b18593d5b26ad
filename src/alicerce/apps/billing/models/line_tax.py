"""What of an invoice's lines is tax, frozen with them; and what credit notes gave back of it."""

from collections.abc import Iterable, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from alicerce.apps.billing.models.credit_note import CreditNote
from alicerce.apps.billing.models.invoice import Invoice
from alicerce.apps.billing.types.taxes import LineTax
from alicerce.apps.taxes.types import Levy, Manner, TaxKind
from alicerce.kernel.bulk import insert_rows
from alicerce.kernel.db import AppendOnlyModel, TenantForeignKey
from alicerce.kernel.ids import uuid7
from alicerce.kernel.personal import Inventory

COLUMNS = (
    "id",
    "invoice_id",
    "position",
    "tax_id",
    "name",
    "kind",
    "rate_ppm",
    "manner",
    "is_withheld",
    "base_cents",
    "amount_cents",
)


class InvoiceLineTax(AppendOnlyModel):
    """One tax of one line. Written while the invoice is a draft: the database refuses it later."""

    inventory: ClassVar = Inventory(plain="name")

    invoice = TenantForeignKey(Invoice, models.PROTECT)
    position = models.PositiveSmallIntegerField()
    tax = TenantForeignKey("taxes.TaxRate", models.PROTECT)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=6, choices=[(k.value, k.value) for k in TaxKind])
    rate_ppm = models.PositiveIntegerField()
    manner = models.CharField(max_length=8, choices=[(m.value, m.value) for m in Manner])
    is_withheld = models.BooleanField()
    base_cents = models.BigIntegerField()
    amount_cents = models.BigIntegerField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "invoice", "position", "tax", "rate_ppm", "is_withheld"],
                name="one_tax_per_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.amount_cents}"

    @classmethod
    def write(cls, drafts: Iterable[tuple[UUID, Sequence[LineTax]]]) -> None:
        """The taxes of many drafts, in one statement."""
        insert_rows(
            cls,
            COLUMNS,
            [
                (uuid7(), invoice_id, one.position, *_said(one.levy), one.base_cents, one.cents)
                for invoice_id, taxes in drafts
                for one in taxes
            ],
        )

    def levy(self) -> Levy:
        """The same tax again, as it was then."""
        return Levy(
            self.tax_id,
            self.name,
            TaxKind(self.kind),
            self.rate_ppm,
            Manner(self.manner),
            self.is_withheld,
        )


def _said(levy: Levy) -> tuple[object, ...]:
    return (
        levy.tax_id,
        levy.name,
        levy.kind.value,
        levy.rate_ppm,
        levy.manner.value,
        levy.is_withheld,
    )


class CreditNoteTax(AppendOnlyModel):
    """What of a line's tax a note gives back."""

    inventory: ClassVar = Inventory()

    note = TenantForeignKey(CreditNote, models.PROTECT)
    line_tax = TenantForeignKey(InvoiceLineTax, models.PROTECT)
    amount_cents = models.BigIntegerField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "note", "line_tax"], name="note_tax_once_per_line"
            ),
            CheckConstraint(condition=~Q(amount_cents=0), name="note_tax_gives_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_cents}"
