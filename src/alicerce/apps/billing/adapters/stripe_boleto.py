"""Boletos by Stripe Checkout: Stripe asks for the address there, and tells days later whether it was paid."""

from datetime import datetime, timedelta

from alicerce.apps.billing.ports import ChargeOrder
from alicerce.apps.billing.types import PaymentMethod
from alicerce.kernel.http import Refusal
from alicerce.vendors.stripe.wire import Session

BOLETO = "boleto"
CLEARING = timedelta(days=5)  # two business days, over a weekend and a holiday


def check_payable(order: ChargeOrder) -> None:
    if order.boleto_days is not None and (order.renewal or order.amount.currency != "BRL"):
        raise Refusal("a boleto is in reais, and does not renew itself")


def method_of(session: Session) -> PaymentMethod:
    return PaymentMethod.BOLETO if BOLETO in session.methods else PaymentMethod.CARD


def payable_until(session: Session) -> datetime:
    """Once it is printed, the page's time is over and the boleto's has begun."""
    if BOLETO not in session.methods or session.status != "complete":
        return session.expires_at
    return session.expires_at + timedelta(days=session.boleto_days) + CLEARING
