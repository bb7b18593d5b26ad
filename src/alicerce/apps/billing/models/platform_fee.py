"""What the platform kept of a payment through an account under its own, and what of it came back."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from alicerce.apps.billing.models.gateway import GatewayAccount
from alicerce.apps.billing.models.payment import Payment
from alicerce.apps.billing.types.connecting import PlatformFeeView
from alicerce.kernel.db import AppendOnlyModel, TenantForeignKey
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory


class PlatformFee(AppendOnlyModel):
    """One movement of the provider's balance. Above zero it was kept, below it came back with a refund."""

    inventory: ClassVar = Inventory(plain="external_id refund_reference currency")

    account = TenantForeignKey(GatewayAccount, models.PROTECT)
    payment = TenantForeignKey(Payment, models.PROTECT)
    external_id = models.CharField(max_length=120)
    refund_reference = models.CharField(max_length=120, blank=True)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    happened_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "account", "external_id"], name="platform_fee_once"
            ),
            CheckConstraint(
                condition=Q(refund_reference="", amount_cents__gt=0)
                | (~Q(refund_reference="") & Q(amount_cents__lt=0)),
                name="platform_fee_kept_or_back",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "payment"], name="platform_fees_by_payment"),
            models.Index(fields=["tenant", "-happened_at", "-id"], name="platform_fees_newest"),
        ]

    def __str__(self) -> str:
        return self.external_id

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    def view(self) -> PlatformFeeView:
        return PlatformFeeView(
            id=self.id,
            payment_id=self.payment_id,
            invoice_id=self.payment.invoice_id,
            external_id=self.external_id,
            refund_reference=self.refund_reference,
            amount=self.amount,
            of=self.payment.amount,
            happened_at=self.happened_at,
        )
