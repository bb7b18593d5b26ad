"""Money on its way back to whoever paid it."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.models.gateway import GatewayAccount
from alicerce.apps.billing.models.invoice import Invoice
from alicerce.apps.billing.models.payment import Payment
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.billing.types.corrections import (
    UNDER_WAY,
    RefundSource,
    RefundStatus,
    RefundView,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory


class RefundQuerySet(TenantQuerySet["Refund"]):
    def under_way(self) -> "RefundQuerySet":
        return self.filter(status__in=UNDER_WAY)

    def standing(self) -> "RefundQuerySet":
        """What may not be given back once more: it went, or it may be going."""
        return self.exclude(status=RefundStatus.FAILED)

    def unread_since(self, before: datetime) -> "RefundQuerySet":
        return self.under_way().filter(checked_at__lt=before).order_by("checked_at")


class Refund(OperatedModel):
    """One try to give back a payment, whole or in part. Together they never exceed it: the database refuses."""

    inventory: ClassVar = Inventory(
        _("Estornos"),
        of={"customer": "customer_id"},
        names={"provider_object": "external_id"},
        erase="reason error",
        plain="external_id idempotency_key currency reference",
        hidden="idempotency_key",
    )

    payment = TenantForeignKey(Payment, models.PROTECT)
    invoice = TenantForeignKey(Invoice, models.PROTECT, null=True)
    customer = TenantForeignKey("customers.Customer", models.PROTECT, null=True)
    account = TenantForeignKey(GatewayAccount, models.PROTECT, null=True)
    status = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in RefundStatus],
        default=RefundStatus.CREATED,
    )
    source = models.CharField(max_length=8, choices=[(s.value, s.value) for s in RefundSource])
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    external_id = models.CharField(max_length=120, blank=True)
    idempotency_key = models.CharField(max_length=160)
    reference = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    error = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = RefundQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "account", "external_id"],
                condition=~Q(external_id=""),
                name="refund_external_id_once",
            ),
            CheckConstraint(condition=Q(amount_cents__gt=0), name="refund_amount_positive"),
            CheckConstraint(
                condition=~Q(source="invoice")
                | Q(invoice__isnull=False, customer__isnull=False),
                name="refund_of_an_invoice",
            ),
            CheckConstraint(
                condition=~Q(source="wallet") | Q(customer__isnull=False),
                name="refund_of_somebody",
            ),
            CheckConstraint(
                condition=Q(status__in=["succeeded", "failed"], ended_at__isnull=False)
                | (~Q(status__in=["succeeded", "failed"]) & Q(ended_at__isnull=True)),
                name="refund_ended_at_iff_over",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "checked_at"],
                condition=~Q(status__in=["succeeded", "failed"]),
                name="refunds_under_way",
            ),
            models.Index(fields=["tenant", "customer", "id"], name="refunds_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.status}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    @property
    def is_under_way(self) -> bool:
        return self.status in UNDER_WAY

    def request(self, external_id: str) -> None:
        """Be asked for, under the name it will have there when we choose it."""
        if self.status == RefundStatus.CREATED:
            self.status = RefundStatus.REQUESTED
        self.external_id = self.external_id or external_id
        self.save(update_fields=["status", "external_id"])

    def await_provider(self, external_id: str) -> None:
        """The provider has it and is not done."""
        self.status, self.external_id, self.error = RefundStatus.PENDING, external_id, ""
        self.save(update_fields=["status", "external_id", "error"])

    def doubt(self, error: str) -> None:
        """The provider may or may not have it."""
        if self.status in {RefundStatus.CREATED, RefundStatus.REQUESTED}:
            self.status, self.error = RefundStatus.UNKNOWN, error[:300]
            self.save(update_fields=["status", "error"])

    def end(
        self, status: RefundStatus, *, at: datetime, name: str = "", error: str = ""
    ) -> None:
        """Be over; a success may still turn into a failure, never the other way round."""
        self.status, self.ended_at, self.error = status, at, error[:300]
        self.external_id = self.external_id or name
        self.save(update_fields=["status", "ended_at", "error", "external_id"])

    def checked(self, *, at: datetime) -> None:
        self.checked_at = at
        self.save(update_fields=["checked_at"])

    def view(self) -> RefundView:
        payment: Payment = self.payment
        return RefundView(
            id=self.id,
            payment_id=self.payment_id,
            invoice_id=self.invoice_id,
            customer_id=self.customer_id,
            amount=self.amount,
            status=RefundStatus(self.status),
            source=RefundSource(self.source),
            method=PaymentMethod(payment.method),
            provider=payment.provider,
            reference=self.reference or self.external_id,
            reason=self.reason,
            detail=self.error,
            begun_at=self.begun_at,
            ended_at=self.ended_at,
        )
