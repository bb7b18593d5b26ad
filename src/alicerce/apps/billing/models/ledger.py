"""The ledger: double entry, written once. The database refuses a transaction that does not balance."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from alicerce.apps.billing.types import Posting
from alicerce.kernel.db import AppendOnlyModel, TenantForeignKey
from alicerce.kernel.personal import Inventory


class LedgerTransaction(AppendOnlyModel):
    """One movement of money. Its key makes a repeated movement impossible."""

    inventory: ClassVar = Inventory(plain="kind correlation_key")

    kind = models.CharField(max_length=40)
    correlation_key = models.CharField(max_length=200)
    occurred_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "correlation_key"], name="ledger_correlation_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.correlation_key

    @classmethod
    def post(cls, *, kind: str, key: str, postings: Sequence[Posting], at: datetime) -> None:
        """Write a movement and all its sides."""
        movement = cls.objects.create(kind=kind, correlation_key=key, occurred_at=at)
        LedgerEntry.objects.bulk_create(
            LedgerEntry(
                transaction=movement,
                account=posting.account,
                customer_id=posting.customer_id,
                amount_cents=posting.amount.cents,
                currency=posting.amount.currency,
            )
            for posting in postings
        )


class LedgerEntry(AppendOnlyModel):
    """One side of a movement: debits above zero, credits below."""

    inventory: ClassVar = Inventory(plain="account currency")

    transaction = TenantForeignKey(LedgerTransaction, models.PROTECT)
    account = models.CharField(max_length=40)
    customer = TenantForeignKey("customers.Customer", models.PROTECT, null=True)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            CheckConstraint(condition=~Q(amount_cents=0), name="ledger_entry_moves_something"),
            CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="ledger_currency_iso"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "account", "customer"], name="ledger_balances"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount_cents} {self.currency}"
