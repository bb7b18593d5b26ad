"""What is sold, and for how much."""

from alicerce.apps.catalog.models.plan import Plan, Price, Product

__all__ = ["Plan", "Price", "Product"]
