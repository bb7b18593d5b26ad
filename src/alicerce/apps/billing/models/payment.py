"""Money that reached us."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.models.charge import Charge
from alicerce.apps.billing.models.gateway import GatewayAccount
from alicerce.apps.billing.models.invoice import Invoice
from alicerce.apps.billing.types import PaymentFit, PaymentMethod, PaymentView
from alicerce.kernel.db import AppendOnlyModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory


class PaymentQuerySet(TenantQuerySet["Payment"]):
    def misfits(self) -> "PaymentQuerySet":
        return self.exclude(fit=PaymentFit.APPLIED)


class Payment(AppendOnlyModel):
    """One receipt of money, known by its provider's own reference, and where it went."""

    inventory: ClassVar = Inventory(
        _("Pagamentos"),
        of={"customer": "customer_id"},
        names={"provider_object": "reference"},
        plain="provider reference read_as currency reason",
    )

    account = TenantForeignKey(GatewayAccount, models.PROTECT, null=True)
    invoice = TenantForeignKey(Invoice, models.PROTECT, null=True)
    customer = TenantForeignKey("customers.Customer", models.PROTECT, null=True)
    charge = TenantForeignKey(Charge, models.PROTECT, null=True)
    provider = models.CharField(max_length=8)
    reference = models.CharField(max_length=120)
    read_as = models.CharField(max_length=140)
    method = models.CharField(max_length=8, choices=[(m.value, m.value) for m in PaymentMethod])
    amount_cents = models.BigIntegerField()
    extra_cents = models.BigIntegerField(default=0, db_default=0)
    currency = models.CharField(max_length=3)
    received_at = models.DateTimeField()
    fit = models.CharField(max_length=8, choices=[(f.value, f.value) for f in PaymentFit])
    reason = models.CharField(max_length=20, blank=True)

    objects: ClassVar[Any] = PaymentQuerySet.as_manager()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "provider", "reference"], name="payment_reference_once"
            ),
            CheckConstraint(
                condition=Q(provider="manual", account__isnull=True)
                | (~Q(provider="manual") & Q(account__isnull=False)),
                name="payment_by_hand_or_by_account",
            ),
            CheckConstraint(condition=Q(amount_cents__gt=0), name="payment_amount_positive"),
            CheckConstraint(
                condition=Q(extra_cents=0)
                | Q(extra_cents__gt=0, amount_cents__gt=F("extra_cents"), fit="applied"),
                name="payment_extra_within_it",
            ),
            CheckConstraint(
                condition=Q(fit="applied", reason="", invoice__isnull=False)
                | (~Q(fit="applied") & ~Q(reason="")),
                name="payment_applied_or_says_why",
            ),
            CheckConstraint(
                condition=~Q(fit="credited") | Q(customer__isnull=False),
                name="payment_credited_to_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "account", "read_as"], name="payments_by_reading"),
            models.Index(
                fields=["tenant", "-id"], condition=~Q(fit="applied"), name="payment_misfits"
            ),
            models.Index(
                fields=["tenant", "account", "received_at", "id"], name="payments_by_receipt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.reference}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    @property
    def extra(self) -> Money:
        """Of it, what came beyond what its invoice asked for: the fine and the interest of a late Pix."""
        return Money(self.extra_cents, self.currency)

    @property
    def settled(self) -> Money:
        """What its invoice got."""
        return self.amount - self.extra

    def view(self) -> PaymentView:
        return PaymentView(
            id=self.id,
            tenant_id=self.tenant_id,
            invoice_id=self.invoice_id,
            customer_id=self.customer_id,
            method=PaymentMethod(self.method),
            provider=self.provider,
            reference=self.reference,
            amount=self.amount,
            received_at=self.received_at,
            fit=PaymentFit(self.fit),
            reason=self.reason,
        )
