"""The least that is valid, for tests."""

from datetime import UTC, datetime
from typing import Any

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.catalog.models import Plan, Price, Product
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.queries.addons import ADDON
from alicerce.apps.subscriptions.services.follow_order import (
    open_subscriptions,
    start_subscriptions,
)

NOON = datetime(2026, 9, 1, 15, tzinfo=UTC)
"""Noon in São Paulo."""


def a_pending_subscription(**given: Any) -> Subscription:
    """One whose order nobody paid yet."""
    price = given.pop("price", None) or a_price(**given.pop("priced", {}))
    order = an_order(price=price, **given)
    open_subscriptions(order_id=order.id, at=NOON)
    return Subscription.objects.get(order_id=order.id)


def a_subscription(*, paid_at: datetime = NOON, **given: Any) -> Subscription:
    """One whose first period is paid for."""
    return pay_for(a_pending_subscription(**given), at=paid_at)


def pay_for(subscription: Subscription, *, at: datetime = NOON) -> Subscription:
    invoice = billing.invoice_of_order(subscription.order_id)
    assert invoice is not None
    paid = a_payment(invoice.id, amount=invoice.total, paid_at=at)
    book_payment(account_id=an_account().id, paid=paid, at=at)
    start_subscriptions(order_id=subscription.order_id, invoice_id=invoice.id, at=at)
    return Subscription.objects.get(pk=subscription.id)


def an_addon(cents: int = 1500, cycle: str = "monthly", **given: Any) -> Price:
    product, _ = Product.objects.get_or_create(kind=ADDON.key, name="Adicionais")
    slug = f"adicional-{Plan.objects.count()}"
    plan = Plan.objects.create(product=product, slug=slug, name="Backup", **given)
    return a_price(plan=plan, amount_cents=cents, cycle=cycle)
