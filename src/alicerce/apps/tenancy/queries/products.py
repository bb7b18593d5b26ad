"""Which products the current tenant has."""

from alicerce.apps.tenancy.models import ProductSubscription
from alicerce.apps.tenancy.types import ProductKey, ProductView


def enabled_products() -> frozenset[str]:
    """Keys of the products that exist for the current tenant."""
    enabled = ProductSubscription.objects.filter(is_enabled=True)
    return frozenset(enabled.values_list("product", flat=True))


def is_enabled(product: ProductKey) -> bool:
    return product in enabled_products()


def products() -> list[ProductView]:
    """Every product of the platform, as it is for the current tenant."""
    rows = {row.product: row for row in ProductSubscription.objects.all()}
    return [_view(key, rows.get(key)) for key in ProductKey]


def _view(key: ProductKey, row: ProductSubscription | None) -> ProductView:
    if row is None:
        return ProductView(key, False, {}, None, None)
    return ProductView(key, row.is_enabled, row.limits, row.since, row.until, row.ends_at)
