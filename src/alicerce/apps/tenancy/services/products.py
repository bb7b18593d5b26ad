"""Which products a company has."""

from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.tenancy.errors import ProductsAreThePlatforms
from alicerce.apps.tenancy.events import ProductDisabled, ProductEnabled
from alicerce.apps.tenancy.models import ProductSubscription
from alicerce.apps.tenancy.queries.tenants import platform
from alicerce.apps.tenancy.types import ProductKey, Terms
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


@transaction()
def switch_product(*, product: ProductKey, on: bool, at: datetime) -> None:
    """Switch one's own product. Raises ProductsAreThePlatforms where there is a platform to ask."""
    if platform():
        raise ProductsAreThePlatforms
    change = enable_product if on else disable_product
    change(product=product, at=at)


@transaction()
def set_terms(*, product: ProductKey, terms: Terms, at: datetime) -> None:
    """What the current tenant has of a product, on the platform's word."""
    change = enable_product if terms.is_enabled else disable_product
    change(product=product, at=at)
    found = ProductSubscription.objects.select_for_update().filter(product=product).first()
    if found and found.bound(terms.limits, ends_at=terms.ends_at):
        audit.record(
            action="product.bounded",
            entity="product",
            entity_id=found.id,
            after={"product": found.product, "limits": found.limits, "ends_at": found.ends_at},
            at=at,
        )


@transaction()
def end_due_products(*, at: datetime) -> None:
    """Switch off what the current tenant has no longer than until now."""
    for row in ProductSubscription.objects.filter(is_enabled=True, ends_at__lte=at):
        disable_product(product=ProductKey(row.product), at=at)


def _record(action: str, subscription: ProductSubscription, *, at: datetime) -> None:
    audit.record(
        action=action,
        entity="product",
        entity_id=subscription.id,
        after={"product": subscription.product},
        at=at,
    )
