"""The ledger: double entry, written once. The database refuses a transaction that does not balance."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from alicerce.apps.ledger.types import Movement, Posting
from alicerce.kernel.bulk import insert_rows
from alicerce.kernel.db import AppendOnlyModel, TenantForeignKey
from alicerce.kernel.ids import uuid7
from alicerce.kernel.personal import Inventory

SIDE = (
    "id",
    "transaction_id",
    "account",
    "customer_id",
    "amount_cents",
    "currency",
)


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
        cls.post_all([Movement(kind, key, postings)], at=at)

    @classmethod
    def post_all(cls, movements: Sequence[Movement], *, at: datetime) -> None:
        """Write many movements and all their sides: two statements, however many."""
        written = [(uuid7(), movement) for movement in movements]
        insert_rows(
            cls,
            ("id", "kind", "correlation_key", "occurred_at"),
            [(key, move.kind, move.key, at) for key, move in written],
        )
        insert_rows(
            LedgerEntry,
            SIDE,
            [
                (uuid7(), key, side.account, side.customer_id, *_amount(side))
                for key, move in written
                for side in move.postings
            ],
        )


def _amount(side: Posting) -> tuple[int, str]:
    return side.amount.cents, side.amount.currency


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
