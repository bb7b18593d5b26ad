"""How an invoice is corrected once it is open: notes with numbers of their own, never changed."""

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.models.invoice import Invoice
from alicerce.apps.billing.models.invoice_line import InvoiceLine
from alicerce.apps.billing.types import invoice_code
from alicerce.apps.billing.types.corrections import Credited, CreditNoteView
from alicerce.kernel.db import (
    AppendOnlyModel,
    OperatedModel,
    TenantForeignKey,
    TenantModel,
)
from alicerce.kernel.money import Money
from alicerce.kernel.personal import FISCAL, Inventory

SERIES = "NC"


class CreditNoteCounter(TenantModel):
    """The last number of a series of credit notes. Held, before anything else, until the commit."""

    inventory: ClassVar = Inventory(plain="series")

    series = models.CharField(max_length=8)
    last = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "series"], name="one_credit_counter_per_series"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.last}"

    @classmethod
    def hold(cls, series: str = SERIES) -> "CreditNoteCounter":
        """The counter, held: who takes no number leaves none out."""
        cls.objects.bulk_create([cls(series=series)], ignore_conflicts=True)
        found: CreditNoteCounter = cls.objects.select_for_update(of=("self",)).get(
            series=series
        )
        return found

    def take(self) -> int:
        self.last += 1
        self.save(update_fields=["last"])
        return int(self.last)


class CreditNote(OperatedModel):
    """So much of an invoice is taken back: from what it asks for, into credit, or by a refund."""

    inventory: ClassVar = Inventory(
        _("Notas de crédito"),
        of={"customer": "customer_id"},
        names={"credit_note": "id"},
        keep={FISCAL: "reason"},
        plain="series currency",
    )

    invoice = TenantForeignKey(Invoice, models.PROTECT)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    series = models.CharField(max_length=8, default=SERIES)
    number = models.PositiveIntegerField()
    total_cents = models.BigIntegerField()
    relieved_cents = models.BigIntegerField()
    wallet_cents = models.BigIntegerField()
    refunded_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=300)
    issued_at = models.DateTimeField()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "series", "number"], name="credit_note_number_per_series"
            ),
            CheckConstraint(
                condition=Q(
                    relieved_cents__gte=0,
                    wallet_cents__gte=0,
                    refunded_cents__gte=0,
                    total_cents__gt=0,
                    total_cents=F("relieved_cents") + F("wallet_cents") + F("refunded_cents"),
                ),
                name="credit_note_shares",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "invoice", "-id"], name="credit_notes_of_invoice"),
            models.Index(fields=["tenant", "customer", "-id"], name="credit_notes_of_customer"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return invoice_code(self.series, self.number)

    def add_lines(self, wanted: Sequence[Credited], lines: Sequence[InvoiceLine]) -> None:
        by_position = {line.position: line for line in lines}
        CreditNoteLine.objects.bulk_create(
            CreditNoteLine(note=self, line=by_position[one.position], amount_cents=one.cents)
            for one in wanted
            if one.position is not None
        )

    def view(self, lines: Sequence["CreditNoteLine"] = ()) -> CreditNoteView:
        return CreditNoteView(
            id=self.id,
            number=self.number,
            series=self.series,
            invoice_id=self.invoice_id,
            customer_id=self.customer_id,
            total=Money(self.total_cents, self.currency),
            relieved=Money(self.relieved_cents, self.currency),
            to_wallet=Money(self.wallet_cents, self.currency),
            refunded=Money(self.refunded_cents, self.currency),
            reason=self.reason,
            issued_at=self.issued_at,
            lines=tuple(
                (one.line.description, Money(one.amount_cents, self.currency)) for one in lines
            ),
        )


class CreditNoteLine(AppendOnlyModel):
    """What of one line of the invoice a note takes back; a note without any is of the whole."""

    inventory: ClassVar = Inventory(
        _("Itens de notas de crédito"), of={"credit_note": "note_id"}
    )

    note = TenantForeignKey(CreditNote, models.PROTECT)
    line = TenantForeignKey(InvoiceLine, models.PROTECT)
    amount_cents = models.BigIntegerField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            CheckConstraint(condition=Q(amount_cents__gt=0), name="credit_note_line_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_cents}"
