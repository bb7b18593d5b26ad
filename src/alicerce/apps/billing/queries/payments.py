"""Payments, balances, and whether the books agree."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Sum

from alicerce.apps.billing.errors import NoSuchPayment
from alicerce.apps.billing.models import LedgerEntry, LedgerTransaction, Payment
from alicerce.apps.billing.rules.postings import WALLET
from alicerce.apps.billing.types import PaymentView
from alicerce.kernel.db import as_operator
from alicerce.kernel.money import Money


def misfits(limit: int = 50) -> list[PaymentView]:
    """Payments that settled nothing, newest first; of every tenant when asked as an operator."""
    return [payment.view() for payment in Payment.objects.misfits().order_by("-id")[:limit]]


def payment(payment_id: UUID) -> PaymentView:
    """Raises Payment.DoesNotExist."""
    return Payment.objects.get(pk=payment_id).view()


def find_payment(payment_id: UUID) -> PaymentView:
    """Raises NoSuchPayment."""
    found = Payment.objects.filter(pk=payment_id).first()
    if found is None:
        raise NoSuchPayment
    return found.view()


def payment_of_reference(account_id: UUID, reference: str) -> PaymentView | None:
    """What an account received under its provider's own name for it."""
    found = Payment.objects.filter(account_id=account_id, reference=reference).first()
    return found.view() if found else None


def wallet_balance(customer_id: UUID) -> tuple[Money, ...]:
    """What we hold for a customer, in each currency we hold any of."""
    held = LedgerEntry.objects.filter(account=WALLET, customer_id=customer_id)
    sums = held.values("currency").annotate(cents=Sum("amount_cents")).order_by("currency")
    return tuple(Money(-int(row["cents"]), row["currency"]) for row in sums if row["cents"])


def ledger_balance(account: str) -> tuple[Money, ...]:
    """An account's debits less its credits, in each currency it moved in."""
    moved = LedgerEntry.objects.filter(account=account).values("currency")
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
