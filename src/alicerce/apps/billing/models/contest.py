"""Payments that somebody claims back past us."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.models.invoice import Invoice
from alicerce.apps.billing.models.payment import Payment
from alicerce.apps.billing.types.contests import ContestState
from alicerce.apps.billing.types.corrections import RefundSource
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory


class ContestQuerySet(TenantQuerySet["Contest"]):
    def standing(self) -> "ContestQuerySet":
        """What may not be given back: it is claimed, or it went."""
        return self.exclude(state=ContestState.RELEASED)


class Contest(OperatedModel):
    """One claim on a payment. Frozen is what of the payment cannot go back any other way meanwhile."""

    inventory: ClassVar = Inventory(
        _("Pagamentos contestados"), of={"customer": "customer_id"}, plain="key currency"
    )

    payment = TenantForeignKey(Payment, models.PROTECT)
    invoice = TenantForeignKey(Invoice, models.PROTECT, null=True)
    customer = TenantForeignKey("customers.Customer", models.PROTECT, null=True)
    key = models.CharField(max_length=120)
    source = models.CharField(max_length=8, choices=[(s.value, s.value) for s in RefundSource])
    state = models.CharField(
        max_length=8,
        choices=[(s.value, s.value) for s in ContestState],
        default=ContestState.OPEN,
    )
    amount_cents = models.BigIntegerField()
    frozen_cents = models.BigIntegerField()
    invoice_cents = models.BigIntegerField(default=0)
    held_cents = models.BigIntegerField(default=0)
    lost_cents = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)

    objects: ClassVar[Any] = ContestQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "payment", "key"], name="contest_once"),
            CheckConstraint(
                condition=Q(
                    frozen_cents__gte=0,
                    invoice_cents__gte=0,
                    held_cents__gte=0,
                    lost_cents__gte=0,
                    amount_cents__gt=0,
                    amount_cents__gte=F("frozen_cents"),
                )
                & Q(amount_cents__gte=F("lost_cents")),
                name="contest_within_its_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"

    @property
    def amount(self) -> Money:
        return self.money(self.amount_cents)

    def money(self, cents: int) -> Money:
        return Money(cents, self.currency)

    def hold_credit(self, cents: int) -> None:
        self.held_cents = cents
        self.save(update_fields=["held_cents"])

    def lose(self, lost: Money) -> None:
        """So much is gone for good; the rest of what was frozen is free."""
        self.state, self.lost_cents = ContestState.LOST, lost.cents
        self.frozen_cents = min(self.frozen_cents, lost.cents)
        self.save(update_fields=["state", "lost_cents", "frozen_cents"])

    def release(self) -> None:
        self.state, self.lost_cents = ContestState.RELEASED, 0
        self.save(update_fields=["state", "lost_cents"])
