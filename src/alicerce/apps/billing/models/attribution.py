"""Whose a payment of nobody is, as somebody decided. Payments themselves never change."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.models.invoice import Invoice
from alicerce.apps.billing.models.payment import Payment
from alicerce.apps.billing.types.suspense import AttributionView
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory


class AttributionQuerySet(TenantQuerySet["Attribution"]):
    def standing(self) -> "AttributionQuerySet":
        return self.filter(undone_at__isnull=True)


class Attribution(OperatedModel):
    """So much of a payment was nobody's and is a customer's. Undone, it stays on record and another may follow."""

    inventory: ClassVar = Inventory(
        _("Pagamentos sem dono dados a um cliente"),
        of={"customer": "customer_id"},
        erase="reason",
        plain="currency",
    )

    payment = TenantForeignKey(Payment, models.PROTECT)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    invoice = TenantForeignKey(Invoice, models.PROTECT, null=True)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = AttributionQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "payment"],
                condition=Q(undone_at__isnull=True),
                name="payment_attributed_once",
            ),
            CheckConstraint(condition=Q(amount_cents__gt=0), name="attribution_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.payment_id}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    def undo(self, *, at: datetime) -> bool:
        """False when it was undone already."""
        if self.undone_at:
            return False
        self.undone_at = at
        self.save(update_fields=["undone_at"])
        return True

    def view(self) -> AttributionView:
        payment: Payment = self.payment
        return AttributionView(
            id=self.id,
            payment=payment.view(),
            customer_id=self.customer_id,
            invoice_id=self.invoice_id,
            amount=self.amount,
            reason=self.reason,
            made_at=self.made_at,
            undone_at=self.undone_at,
        )
