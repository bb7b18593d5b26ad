"""What is sold, and for how much."""

from alicerce.apps.catalog.models.option import Choice, ChoicePrice, Option
from alicerce.apps.catalog.models.plan import Plan, Price, Product

__all__ = ["Choice", "ChoicePrice", "Option", "Plan", "Price", "Product"]
