"""Stop asking for a company's product: because it has it no more, or because its subscription is over."""

from datetime import date, datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.payers.errors import NotSold
from alicerce.apps.payers.events import ProductDropped
from alicerce.apps.payers.models import Sale
from alicerce.apps.payers.types import SaleEnd
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types import EndCause, SubscriptionCard
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import ProductKey
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold


def drop_product(*, company_id: UUID, product: ProductKey, at: datetime) -> None:
    """Take a product from a company and ask for it no more. What was invoiced stays so. Raises NotSold."""
    if not stop_sale(company_id=company_id, product=product, at=at):
        raise NotSold
    with acting(tenant_id=company_id), transaction():
        tenancy.disable_product(product=product, at=at)


def stop_sale(*, company_id: UUID, product: ProductKey, at: datetime) -> bool:
    """Ask for it no more. False when it was not asked for. Safe to repeat."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        hold(f"sale:{company_id}")
        own = Sale.objects.live().filter(company_id=company_id, product=product)
        sale = own.select_for_update(of=("self",)).first()
        if sale is None:
            return False
        stop_asking(card=subscriptions.subscription(sale.subscription_id), at=at)
        _finish(sale, SaleEnd.DROPPED, at=at)
        return True


def follow_end(*, subscription_id: UUID, at: datetime) -> None:
    """What is over in the platform's book the company has no more, unless somebody else pays for it by now."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        own = Sale.objects.live().filter(subscription_id=subscription_id)
        sale = own.select_for_update(of=("self",)).first()
        if sale is None:
            return
        _finish(sale, SaleEnd.ENDED, at=at)
    with acting(tenant_id=sale.company_id), transaction():
        tenancy.disable_product(product=ProductKey(sale.product), at=at)


@transaction(shared=True)
def stop_asking(*, card: SubscriptionCard, at: datetime) -> date | None:
    """Let it run out; the day after the last that was invoiced, None when none ever was."""
    if card.has_ended:
        return card.period.ends_on if card.period else None
    if card.period is None:
        subscriptions.cancel_now(subscription_id=card.id, cause=EndCause.STAFF, at=at)
        return None
    return subscriptions.cancel_at_period_end(subscription_id=card.id, at=at)


def _finish(sale: Sale, end: SaleEnd, *, at: datetime) -> None:
    sale.finish(end, at=at)
    audit.record(
        action="platform_product.dropped",
        entity="billing_account",
        entity_id=sale.account_id,
        after={"company_id": sale.company_id, "product": sale.product, "end": end},
        at=at,
    )
    publish(
        ProductDropped(
            at=at,
            account_id=sale.account_id,
            company_id=sale.company_id,
            product=sale.product,
            subscription_id=sale.subscription_id,
        )
    )
