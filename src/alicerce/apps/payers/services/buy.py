"""A company's own people order a product of the platform; its account pays, and then it is had."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.collecting import public as collecting
from alicerce.apps.collecting.types import Trigger
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.types import CancelCause
from alicerce.apps.payers.errors import NotSold, OtherPrice
from alicerce.apps.payers.models import Purchase
from alicerce.apps.payers.queries.buying import basket, order_of, quoted
from alicerce.apps.payers.services.link import link_account
from alicerce.apps.payers.services.sell import give, open_sale, payer_for, tell_of_sale
from alicerce.apps.payers.types import Basket, Bought
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import ProductKey
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.locks import hold


def preview_purchase(
    *, company_id: UUID, product: ProductKey, price_id: UUID, at: datetime
) -> Basket:
    """What it would cost now, to the cent. Raises what `buy_product` raises, but for the price."""
    account = payer_for(company_id=company_id)
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        return basket(
            company_id=company_id,
            product=product,
            price_id=price_id,
            account_id=account.id,
            customer_id=link_account(account_id=account.id, at=at),
            at=at,
        )


def buy_product(
    *,
    company_id: UUID,
    product: ProductKey,
    price_id: UUID,
    expected_cents: int,
    at: datetime,
    card_id: UUID | None = None,
) -> Bought:
    """Order it for what was shown, and have this kept card charged, if one is named.

    It is had once the first invoice is paid, or when its trial begins. Raises NobodyPays, PayerSuspended,
    NotForSale, NotForCompanies, SoldAlready, OrderedAlready, HadAlready, OtherPrice and NoSuchCard.
    """
    account = payer_for(company_id=company_id)
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        hold(f"sale:{company_id}")
        customer_id = link_account(account_id=account.id, at=at)
        wanted = basket(
            company_id=company_id,
            product=product,
            price_id=price_id,
            account_id=account.id,
            customer_id=customer_id,
            at=at,
        )
        if wanted.total.cents != expected_cents:
            raise OtherPrice
        if wanted.paid_until:
            _go_on(account.id, company_id, wanted, at=at)
            return Bought()
        quote = quoted(company_id, product, price_id, customer_id=customer_id, at=at)
        order_id = orders.order_product(wanted=order_of(company_id, customer_id, quote), at=at)
        purchase = Purchase.objects.create(
            account_id=account.id,
            company_id=company_id,
            product=product,
            order_id=order_id,
            asked_at=at,
        )
        _note(purchase, wanted, at=at)
        is_charged = _charge(order_id, card_id, at=at)
        return Bought(orders.order(order_id).token, is_charged, bool(wanted.trial_days))


def take_back_purchase(*, company_id: UUID, product: ProductKey, at: datetime) -> None:
    """Want it no more, before it is paid. Raises NotSold, OrderNotUnpaid."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        own = Purchase.objects.waiting().filter(company_id=company_id, product=product)
        order_id = own.values_list("order_id", flat=True).first()
        if order_id is None:
            raise NotSold
        orders.cancel_order(order_id=order_id, cause=CancelCause.CUSTOMER, at=at)
        close_purchase(order_id=order_id, at=at)


@transaction()
def close_purchase(*, order_id: UUID, at: datetime) -> None:
    """Its order is canceled: it may be bought again. Safe to repeat, and of orders of other things."""
    purchase = Purchase.objects.waiting().filter(order_id=order_id).first()
    if purchase:
        purchase.close(at=at)


def _go_on(account_id: UUID, company_id: UUID, wanted: Basket, *, at: datetime) -> None:
    """It is had at once, and asked for from the first day that was not paid for."""
    assert wanted.paid_until, "it was asked"
    sale = open_sale(
        account_id=account_id,
        company_id=company_id,
        wanted=wanted.offer,
        starts_on=wanted.paid_until,
        at=at,
    )
    tell_of_sale(sale=sale, wanted=wanted.offer, starts_on=wanted.paid_until, at=at)
    give(
        company_id=company_id,
        product=ProductKey(wanted.offer.product),
        limits=wanted.offer.limits,
        at=at,
    )


def _charge(order_id: UUID, card_id: UUID | None, *, at: datetime) -> bool:
    """A kept card that was chosen is charged now; everybody else pays on the order's page."""
    invoice = billing.invoice_of_order(order_id)
    if card_id is None or invoice is None or not invoice.remaining.cents:
        return False
    collecting.begin_attempt(
        invoice_id=invoice.id, trigger=Trigger.PURCHASE, card_id=card_id, at=at
    )
    return True


def _note(purchase: Purchase, wanted: Basket, *, at: datetime) -> None:
    audit.record(
        action="platform_product.ordered",
        entity="billing_account",
        entity_id=purchase.account_id,
        after={
            "company_id": purchase.company_id,
            "product": purchase.product,
            "price_id": wanted.offer.price_id,
            "amount_cents": wanted.offer.amount.cents,
            "cycle": wanted.offer.cycle,
        },
        at=at,
    )
