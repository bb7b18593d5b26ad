"""What a company's own people do with what they buy of the platform: change it, end it, keep it."""

from datetime import date, datetime
from uuid import UUID

from alicerce.apps.catalog import public as catalog
from alicerce.apps.payers.errors import NotSold
from alicerce.apps.payers.models import Sale
from alicerce.apps.payers.queries.offers import limits_said, offer_of
from alicerce.apps.payers.services.sell import give
from alicerce.apps.payers.types import KIND
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types.changes import ChangePreview, ChangeView
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import ProductKey
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction


def end_product(*, company_id: UUID, product: ProductKey, reason: str, at: datetime) -> date:
    """Have it until what is paid for is over; the day after the last. Raises NotSold and why it may not end."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        return subscriptions.cancel_at_period_end(
            subscription_id=_subscription_of(company_id, product), reason=reason, at=at
        )


def keep_product(*, company_id: UUID, product: ProductKey, at: datetime) -> None:
    """Take its end back before its day. Raises NotSold, NotCanceled."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        subscriptions.reactivate(subscription_id=_subscription_of(company_id, product), at=at)


def preview_product_change(
    *, company_id: UUID, product: ProductKey, price_id: UUID, at: datetime
) -> ChangePreview:
    """What another plan of it costs, to the cent. Raises NotSold, NotForCompanies and what forbids it."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        _require_offered(price_id, product)
        return subscriptions.preview_change(
            subscription_id=_subscription_of(company_id, product), price_id=price_id, at=at
        )


def change_product(
    *,
    company_id: UUID,
    product: ProductKey,
    price_id: UUID,
    expected_cents: int,
    at: datetime,
) -> ChangeView:
    """Ask for another plan, for what was shown. Raises NotSold, NotForCompanies and what forbids it."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        _require_offered(price_id, product)
        return subscriptions.change_plan(
            subscription_id=_subscription_of(company_id, product),
            price_id=price_id,
            expected_cents=expected_cents,
            at=at,
        )


def withdraw_product_change(*, company_id: UUID, product: ProductKey, at: datetime) -> None:
    """Stay with the plan. Raises NotSold, NoChange, ChangeUnderWay."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        subscriptions.withdraw_change(
            subscription_id=_subscription_of(company_id, product), at=at
        )


def follow_change(*, subscription_id: UUID, spec: dict[str, str], at: datetime) -> None:
    """Another plan is in force: the company has what that one allows. Of anything else nothing happens."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        own = Sale.objects.live().filter(subscription_id=subscription_id)
        sale = own.select_for_update(of=("self",)).first()
    if sale:
        give(
            company_id=sale.company_id,
            product=ProductKey(sale.product),
            limits=limits_said(spec) or {},
            at=at,
        )


def _require_offered(price_id: UUID, product: ProductKey) -> None:
    """Of a plan whose limits nobody can read, a company would have everything. Raises NotForCompanies."""
    offer_of(catalog.priced_of_kind(price_id, KIND), product)


def _subscription_of(company_id: UUID, product: ProductKey) -> UUID:
    own = Sale.objects.live().filter(company_id=company_id, product=product)
    found: UUID | None = own.values_list("subscription_id", flat=True).first()
    if found is None:
        raise NotSold
    return found
