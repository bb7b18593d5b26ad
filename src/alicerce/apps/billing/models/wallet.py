"""What we hold for customers: a balance that the database draws from the ledger, and where it was used."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.models.invoice import Invoice
from alicerce.apps.billing.types.corrections import WalletUseView
from alicerce.kernel.db import (
    AppendOnlyModel,
    OperatedModel,
    TenantForeignKey,
    TenantQuerySet,
)
from alicerce.kernel.locks import hold
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory


class WalletQuerySet(TenantQuerySet["Wallet"]):
    def hold(self, customer_id: UUID) -> dict[str, Money]:
        """The customer's credit by currency; nobody else moves it until the transaction ends.

        Always before an invoice's row. It is a lock of its own, for a wallet that is not there yet has
        no row to be locked, and two who make it would wait for each other.
        """
        hold(f"wallet {customer_id}")
        return {row.currency: row.balance for row in self.filter(customer_id=customer_id)}


class Wallet(OperatedModel):
    """One customer's credit in one currency. Written by the ledger's own trigger, never below zero."""

    inventory: ClassVar = Inventory(
        _("Saldo"), of={"customer": "customer_id"}, plain="currency"
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    currency = models.CharField(max_length=3)
    balance_cents = models.BigIntegerField()

    objects: ClassVar[Any] = WalletQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "customer", "currency"], name="one_wallet_per_currency"
            ),
            CheckConstraint(condition=Q(balance_cents__gte=0), name="wallet_never_below_zero"),
        ]

    def __str__(self) -> str:
        return str(self.balance)

    @property
    def balance(self) -> Money:
        return Money(self.balance_cents, self.currency)


class WalletUse(AppendOnlyModel):
    """So much of a customer's credit paid an invoice, by itself or because somebody asked."""

    inventory: ClassVar = Inventory(
        _("Uso do saldo"), of={"customer": "customer_id"}, plain="currency"
    )

    invoice = TenantForeignKey(Invoice, models.PROTECT)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    automatic = models.BooleanField()
    used_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            CheckConstraint(condition=Q(amount_cents__gt=0), name="wallet_use_positive"),
        ]

    def __str__(self) -> str:
        return str(self.amount)

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    def view(self) -> WalletUseView:
        return WalletUseView(self.amount, self.used_at, self.automatic)
