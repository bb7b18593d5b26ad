"""What was ordered and paid for, or is tried, is had: the sale is written and the product is there."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.orders import public as orders
from alicerce.apps.payers.models import Purchase, Sale
from alicerce.apps.payers.queries.days import local_day
from alicerce.apps.payers.queries.offers import limits_said
from alicerce.apps.payers.services.move import follow_payer
from alicerce.apps.payers.services.sell import give, tell_of_sale
from alicerce.apps.payers.types import Offer
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import ProductKey
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.locks import hold

NOT_WANTED = "Nobody waits for this product any more"


def deliver_product(
    *, line_id: UUID, order_id: UUID, spec: Mapping[str, str], at: datetime
) -> None:
    """Once for each order, however often it is told. Whoever pays for the company by now pays on."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        company_id = _deliver(line_id, order_id, spec, at=at)
    if company_id:
        follow_payer(company_id=company_id, at=at)


def _deliver(
    line_id: UUID, order_id: UUID, spec: Mapping[str, str], *, at: datetime
) -> UUID | None:
    purchase = Purchase.objects.filter(order_id=order_id).first()
    if purchase is None:
        orders.fail_line(line_id=line_id, reason=NOT_WANTED, at=at)
        return None
    hold(f"sale:{purchase.company_id}")
    if not Purchase.objects.lock(purchase.id).close(at=at):
        return None
    product = ProductKey(purchase.product)
    sale = _write(purchase, line_id, at=at)
    card = subscriptions.subscription(sale.subscription_id)
    limits = limits_said(spec) or {}
    price_id, _words = subscriptions.sold_as(card.id)
    wanted = Offer(price_id, product.value, card.description, card.cycle, card.amount, limits)
    tell_of_sale(sale=sale, wanted=wanted, starts_on=local_day(at), at=at)
    give(company_id=purchase.company_id, product=product, limits=limits, at=at)
    orders.fulfil_line(line_id=line_id, at=at)
    return UUID(str(purchase.company_id))


def _write(purchase: Purchase, line_id: UUID, *, at: datetime) -> Sale:
    """Raises NoSuchSubscription until the order's own subscription is opened: the job comes back."""
    sale: Sale = Sale.objects.create(
        account_id=purchase.account_id,
        company_id=purchase.company_id,
        product=purchase.product,
        subscription_id=subscriptions.subscription_of_line(line_id).id,
        began_at=at,
    )
    return sale
