"""Which product of the platform a page or a reaction belongs to, and whether a tenant has it.

An app says so once, as `product` in its AppConfig; a view of a surface says it for itself. What
says nothing belongs to every tenant.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.apps import apps

P = ParamSpec("P")
R = TypeVar("R")

enabled: list[Callable[[], frozenset[str]]] = []
"""Who knows which products the current tenant has: filled in by the app that keeps them."""


def part_of(product: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say that a view exists for tenants with this product only."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.product = product  # type: ignore[attr-defined]
        return view

    return mark


def product_of(view: Any) -> str | None:
    """The product a view belongs to, by its own word or its app's; None for everybody's."""
    own: str | None = getattr(view, "product", None)
    config = apps.get_containing_app_config(getattr(view, "__module__", ""))
    return own or getattr(config, "product", None)


def has_product(product: str) -> bool:
    """Whether the current tenant has this product now."""
    return any(product in keys() for keys in enabled)


def while_enabled(product: str) -> Callable[[Any], bool]:
    """For `@on(..., when=while_enabled("crm"))`: without the product, no job is queued at all."""
    return lambda _event: has_product(product)
