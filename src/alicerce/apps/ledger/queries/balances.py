"""What accounts come to, what is posted, and whether the books agree with themselves."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Sum

from alicerce.apps.ledger.models import LedgerEntry, LedgerTransaction
from alicerce.kernel.db import as_operator
from alicerce.kernel.money import Money


def ledger_balance(
    account: str, *, customer_id: UUID | None = None, before: datetime | None = None
) -> tuple[Money, ...]:
    """An account's debits less its credits, in each currency it moved in; of one customer, or before a moment."""
    entries = LedgerEntry.objects.filter(account=account)
    if customer_id:
        entries = entries.filter(customer_id=customer_id)
    if before:
        entries = entries.filter(transaction__occurred_at__lt=before)
    moved = entries.values("currency")
    sums = moved.annotate(cents=Sum("amount_cents")).order_by("currency")
    return tuple(Money(int(row["cents"]), row["currency"]) for row in sums)


def ledger_imbalance() -> int:
    """How many movements of all tenants do not balance or are empty. The database allows none."""
    with as_operator():
        sums = LedgerEntry.objects.values("transaction_id", "currency")
        uneven = sums.annotate(cents=Sum("amount_cents")).exclude(cents=0)
        sides = LedgerEntry.objects.filter(transaction_id=OuterRef("pk"))
        empty = LedgerTransaction.objects.filter(~Exists(sides))
        return len(uneven) + empty.count()


def is_posted(*keys: str) -> bool:
    """Whether any of these movements is in the books."""
    return bool(LedgerTransaction.objects.filter(correlation_key__in=keys).exists())


def posted(keys: Collection[str], account: str) -> dict[str, int]:
    """By the key of a movement, what it put on that account; those that did not move it are left out."""
    sides = LedgerEntry.objects.filter(
        account=account, transaction__correlation_key__in=list(keys)
    )
    sums = sides.values("transaction__correlation_key").annotate(cents=Sum("amount_cents"))
    return {row["transaction__correlation_key"]: int(row["cents"]) for row in sums}
