"""What a late payment cost, asked for by an invoice of its own."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.models.invoice import Invoice
from alicerce.kernel.db import AppendOnlyModel, TenantForeignKey
from alicerce.kernel.personal import Inventory


class LateCharge(AppendOnlyModel):
    """An invoice was paid late, and this other one asks for the fine and the interest. Once."""

    inventory: ClassVar = Inventory(_("Multas e juros"), of={"invoice": "invoice_id"})

    invoice = TenantForeignKey(Invoice, models.PROTECT)
    fee_invoice = TenantForeignKey(Invoice, models.PROTECT)
    fine_cents = models.BigIntegerField()
    interest_cents = models.BigIntegerField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "invoice"], name="one_late_charge_per_invoice"),
            UniqueConstraint(fields=["tenant", "fee_invoice"], name="late_charge_of_invoice"),
            CheckConstraint(
                condition=Q(fine_cents__gte=0, interest_cents__gte=0),
                name="late_charge_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fine_cents} {self.interest_cents}"
