"""What a company may buy of the platform by itself, and what it would cost to the cent."""

from datetime import date, datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.types import Quote
from alicerce.apps.collecting import public as collecting
from alicerce.apps.customers import public as customers
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.types import OrderCard, OrderStatus
from alicerce.apps.payers.errors import HadAlready, OrderedAlready, SoldAlready
from alicerce.apps.payers.models import Purchase, Sale
from alicerce.apps.payers.queries.bills import sales_of_company
from alicerce.apps.payers.queries.days import asked_until, local_day
from alicerce.apps.payers.queries.offers import offer_of, to_buy
from alicerce.apps.payers.types import KIND, Awaiting, Basket, Offer, Part, Ware
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types.changes import ChangeView
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import ProductKey
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money


def wares(company_id: UUID) -> list[Ware]:
    """Every product that the platform sells or that the company has, as it stands."""
    sold = {one.product: one for one in sales_of_company(company_id)}
    has = _had(company_id)
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        offered, awaiting = to_buy(), _awaiting(company_id)
    return [
        Ware(key, tuple(offered[key]), key in has, sold.get(key), awaiting.get(key))
        for key in ProductKey
        if offered[key] or key in has or key in awaiting
    ]


def basket(
    *,
    company_id: UUID,
    product: ProductKey,
    price_id: UUID,
    account_id: UUID,
    customer_id: UUID,
    at: datetime,
) -> Basket:
    """For who acts in the platform's own tenant. Raises NotForSale, NotForCompanies and why it may not be bought."""
    require_free(company_id, product)
    quote = quoted(company_id, product, price_id, customer_id=customer_id, at=at)
    offer = offer_of(quote.plan, product)
    asked = asked_until(company_id, product, account_id=account_id)
    if asked and asked > local_day(at):
        return _paid_for(offer, asked)
    lines = order_of(company_id, customer_id, quote).lines()
    found = billing.preview_taxes(customer_id=customer_id, lines=lines, at=at)
    extra = tuple(Part(one.words, one.amount) for one in found.extra)
    return Basket(
        offer=offer,
        parts=(*(Part(line.description, line.total) for line in lines), *extra),
        total=found.total,
        trial_days=quote.trial_days,
        trial_card=quote.trial_card,
        cards=collecting.cards_of(customer_id),
    )


def _paid_for(offer: Offer, until: date) -> Basket:
    """It was taken away meanwhile: nothing is asked for until those days are over."""
    nothing = Money(0, offer.amount.currency)
    return Basket(offer, (), nothing, 0, trial_card=False, cards=(), paid_until=until)


def require_free(company_id: UUID, product: ProductKey) -> None:
    """Raises SoldAlready, OrderedAlready, HadAlready."""
    own = {"company_id": company_id, "product": product}
    if Sale.objects.live().filter(**own).exists():
        raise SoldAlready
    if Purchase.objects.waiting().filter(**own).exists():
        raise OrderedAlready
    if product in _had(company_id):
        raise HadAlready


def quoted(
    company_id: UUID, product: ProductKey, price_id: UUID, *, customer_id: UUID, at: datetime
) -> Quote:
    """A product is tried once by a company, and a plan once by an account: from then on, days are paid for."""
    had = Sale.objects.filter(company_id=company_id, product=product).exists()
    quote = catalog.quote(price_id=price_id, kind=KIND, skip_trial=had, at=at)
    if quote.trial_days and catalog.has_tried(customer_id, quote.plan.plan_id):
        return catalog.quote(price_id=price_id, kind=KIND, skip_trial=True, at=at)
    return quote


def order_of(company_id: UUID, customer_id: UUID, quote: Quote) -> orders.ProductOrder:
    name = tenancy.tenant_names()[company_id]
    return orders.ProductOrder(customer_id, quote, name, {"company_id": str(company_id)})


def others_of(ware: Ware) -> list[Offer]:
    """To what its plan may change: prices of the same catalog product, in the same currency."""
    if ware.sale is None:
        return []
    known = {one.price_id: one for one in ware.offers}
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        plans = subscriptions.plans_to_choose(ware.sale.subscription.id)
    ids = [price.price_id for plan in plans for price in plan.prices]
    return [known[id_] for id_ in ids if id_ in known]


def awaited_change(ware: Ware) -> ChangeView | None:
    """The change of its plan that was confirmed and is not in force yet."""
    if ware.sale is None:
        return None
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        return subscriptions.open_change(ware.sale.subscription.id)


def answers_for(customer_id: UUID | None, *, user_id: UUID) -> bool:
    """Whether this person acts for an account's customer at the platform, and may see its bills there."""
    if customer_id is None:
        return False
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        return customer_id in customers.client_access(user_id).having("client:billing")


def _had(company_id: UUID) -> set[str]:
    """What it has for nothing, without a last day."""
    with acting(tenant_id=company_id), transaction():
        return {one.key for one in tenancy.products() if one.is_enabled and not one.ends_at}


def _awaiting(company_id: UUID) -> dict[str, Awaiting]:
    rows = list(Purchase.objects.waiting().filter(company_id=company_id))
    found = {row.product: orders.order(row.order_id) for row in rows}
    return {
        product: Awaiting(one.id, one.token, one.description, _asked(one))
        for product, one in found.items()
        if one.status == OrderStatus.AWAITING_PAYMENT
    }


def _asked(order: OrderCard) -> Money:
    invoice = billing.invoice_of_order(order.id)
    return invoice.remaining if invoice else order.total
