"""Sell a product of the platform to a company: its account pays, by the engine that bills everybody."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.orders import public as orders
from alicerce.apps.payers.errors import NobodyPays, OrderedAlready, SoldAlready
from alicerce.apps.payers.events import ProductSold
from alicerce.apps.payers.models import Purchase, Sale
from alicerce.apps.payers.queries.days import asked_until, local_day
from alicerce.apps.payers.queries.offers import offer
from alicerce.apps.payers.services.link import link_account
from alicerce.apps.payers.types import KIND, Offer, named
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.errors import PayerSuspended
from alicerce.apps.tenancy.types import AccountView, ProductKey, Terms
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold


def sell_product(
    *, company_id: UUID, product: ProductKey, price_id: UUID, at: datetime
) -> UUID:
    """Let a company have a product and its account pay for it from today on; the subscription.

    Days that this account was asked for already are not asked for again. Raises NobodyPays,
    PayerSuspended, NotForCompanies, SoldAlready and OrderedAlready.
    """
    account = payer_for(company_id=company_id)
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        hold(f"sale:{company_id}")
        wanted = offer(price_id, product)
        if Sale.objects.live().filter(company_id=company_id, product=product).exists():
            raise SoldAlready
        ordered = Purchase.objects.waiting().filter(company_id=company_id, product=product)
        if ordered.exists():
            raise OrderedAlready
        asked = asked_until(company_id, product, account_id=account.id)
        starts_on = max(local_day(at), asked) if asked else local_day(at)
        sale = open_sale(
            account_id=account.id,
            company_id=company_id,
            wanted=wanted,
            starts_on=starts_on,
            at=at,
        )
        tell_of_sale(sale=sale, wanted=wanted, starts_on=starts_on, at=at)
        give(company_id=company_id, product=product, limits=wanted.limits, at=at)
        return UUID(str(sale.subscription_id))


@transaction(shared=True)
def open_sale(
    *, account_id: UUID, company_id: UUID, wanted: Offer, starts_on: date, at: datetime
) -> Sale:
    """An order that is delivered, its subscription, and whom and what it is for. The company is held."""
    customer_id = link_account(account_id=account_id, at=at)
    words = named(wanted.plan, tenancy.tenant_names()[company_id])
    (line,) = orders.take_over(
        sales=[
            orders.OldSale(
                customer_id=customer_id,
                price_id=wanted.price_id,
                kind=KIND,
                description=words,
                cycle=wanted.cycle.value,
                spec={"product": wanted.product, "company_id": str(company_id)},
                amount=wanted.amount,
                sold_at=at,
            )
        ],
        at=at,
    )
    subscription_id = subscriptions.begin_on_account(
        sold=subscriptions.OnAccount(
            customer_id=customer_id,
            order_id=line.order_id,
            line_id=line.line_id,
            price_id=wanted.price_id,
            description=words,
            cycle=wanted.cycle,
            amount=wanted.amount,
            starts_on=starts_on,
        ),
        at=at,
    )
    sale: Sale = Sale.objects.create(
        account_id=account_id,
        company_id=company_id,
        product=wanted.product,
        subscription_id=subscription_id,
        began_at=at,
    )
    return sale


def payer_for(*, company_id: UUID) -> AccountView:
    """The platform sells nothing to itself, nor to rehearsals: nobody pays for those.

    Raises NobodyPays, PayerSuspended.
    """
    account = tenancy.payer_of(company_id)
    if account is None:
        raise NobodyPays
    if account.suspended_at:
        raise PayerSuspended
    return account


def give(
    *, company_id: UUID, product: ProductKey, limits: Mapping[str, int], at: datetime
) -> None:
    """Let the company have it, up to so much. Given twice it is the same."""
    terms = Terms(is_enabled=True, limits=dict(limits), ends_at=None)
    with acting(tenant_id=company_id), transaction():
        tenancy.set_product_terms(product=product, terms=terms, at=at)


@transaction(shared=True)
def tell_of_sale(*, sale: Sale, wanted: Offer, starts_on: date, at: datetime) -> None:
    audit.record(
        action="platform_product.sold",
        entity="billing_account",
        entity_id=sale.account_id,
        after={
            "company_id": sale.company_id,
            "product": sale.product,
            "price_id": wanted.price_id,
            "amount_cents": wanted.amount.cents,
            "cycle": wanted.cycle,
            "starts_on": starts_on,
        },
        at=at,
    )
    publish(
        ProductSold(
            at=at,
            account_id=sale.account_id,
            company_id=sale.company_id,
            product=sale.product,
            subscription_id=sale.subscription_id,
            starts_on=starts_on,
        )
    )
