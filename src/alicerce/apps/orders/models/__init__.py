"""What was ordered, what was answered, and how far its delivery is."""

from alicerce.apps.orders.models.answer import OrderAnswer
from alicerce.apps.orders.models.line import Line
from alicerce.apps.orders.models.order import Order, OrderCounter, OrderQuerySet

__all__ = ["Line", "Order", "OrderAnswer", "OrderCounter", "OrderQuerySet"]
