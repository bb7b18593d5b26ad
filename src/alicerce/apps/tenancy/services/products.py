"""Which products a company has."""

from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.tenancy.events import ProductDisabled, ProductEnabled
from alicerce.apps.tenancy.models import ProductSubscription
from alicerce.apps.tenancy.types import ProductKey
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def enable_product(*, product: ProductKey, at: datetime) -> None:
    """Make a product exist for the current tenant. Enabled twice, it began once."""
    subscription, is_new = ProductSubscription.objects.get_or_create(
        product=product, defaults={"since": at}
    )
    locked = ProductSubscription.objects.lock(subscription.id)
    if is_new or locked.enable(at=at):
        _record("product.enabled", locked, at=at)
        publish(ProductEnabled(at=at, product=product.value))


@transaction()
def disable_product(*, product: ProductKey, at: datetime) -> None:
    """Take a product away from the current tenant, and none of its rows."""
    subscription = (
        ProductSubscription.objects.select_for_update().filter(product=product).first()
    )
    if subscription and subscription.disable(at=at):
        _record("product.disabled", subscription, at=at)
        publish(ProductDisabled(at=at, product=product.value))


def _record(action: str, subscription: ProductSubscription, *, at: datetime) -> None:
    audit.record(
        action=action,
        entity="product",
        entity_id=subscription.id,
        after={"product": subscription.product},
        at=at,
    )
