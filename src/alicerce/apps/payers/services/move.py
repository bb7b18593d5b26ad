"""What was sold follows the company: another account pays for days to come, and for none that were invoiced."""

from datetime import date, datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.payers.events import ProductMoved
from alicerce.apps.payers.models import Sale
from alicerce.apps.payers.queries.days import asked_until, local_day
from alicerce.apps.payers.services.drop import stop_asking
from alicerce.apps.payers.services.sell import open_sale
from alicerce.apps.payers.types import Offer, SaleEnd, plan_of
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types import SubscriptionCard
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold


def follow_payer(*, company_id: UUID, at: datetime) -> int:
    """Let who pays for the company now pay for its products; how many moved. Safe to repeat.

    The price is the one it was sold for, and the first day the one after the last that was invoiced.
    """
    account = tenancy.payer_of(company_id)
    if account is None:
        return 0
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        hold(f"sale:{company_id}")
        others = (
            Sale.objects.live().filter(company_id=company_id).exclude(account_id=account.id)
        )
        found = list(others.order_by("id"))
        for sale in found:
            _move(sale, account.id, at=at)
        return len(found)


def _move(sale: Sale, account_id: UUID, *, at: datetime) -> None:
    before = subscriptions.subscription(sale.subscription_id)
    asked = stop_asking(card=before, at=at)
    sale.finish(SaleEnd.MOVED, at=at)
    asked_here = asked_until(sale.company_id, sale.product, account_id=account_id)
    starts_on = max(filter(None, (local_day(at), asked, asked_here)))
    after = open_sale(
        account_id=account_id,
        company_id=sale.company_id,
        wanted=_as_it_was_sold(sale, before),
        starts_on=starts_on,
        at=at,
    )
    _tell(sale, after, starts_on, at=at)


def _as_it_was_sold(sale: Sale, before: SubscriptionCard) -> Offer:
    price_id, plan = subscriptions.sold_as(before.id)
    plan = plan_of(plan)
    return Offer(price_id, sale.product, plan, before.cycle, before.amount, {})


def _tell(sale: Sale, after: Sale, starts_on: date, *, at: datetime) -> None:
    audit.record(
        action="platform_product.moved",
        entity="billing_account",
        entity_id=after.account_id,
        before={"account_id": sale.account_id},
        after={
            "company_id": sale.company_id,
            "product": sale.product,
            "starts_on": starts_on,
        },
        at=at,
    )
    publish(
        ProductMoved(
            at=at,
            from_account_id=sale.account_id,
            account_id=after.account_id,
            company_id=sale.company_id,
            product=sale.product,
            subscription_id=after.subscription_id,
            starts_on=starts_on,
        )
    )
