"""Payments, and what we hold for customers."""

from uuid import UUID

from alicerce.apps.billing.errors import NoSuchPayment
from alicerce.apps.billing.models import Payment
from alicerce.apps.billing.types import PaymentView
from alicerce.apps.ledger import public as ledger
from alicerce.apps.ledger.types import WALLET
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
    held = ledger.ledger_balance(WALLET, customer_id=customer_id)
    return tuple(-one for one in held if one.cents)
