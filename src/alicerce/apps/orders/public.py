"""What other apps may ask of orders."""

from alicerce.apps.orders.models import Line, Order
from alicerce.apps.orders.queries import line, order, order_of_token
from alicerce.apps.orders.services.deliver_line import fail_line, fulfil_line, retry_line
from alicerce.apps.orders.services.place_order import place_order
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "fail_line",
    "fulfil_line",
    "line",
    "order",
    "order_of_token",
    "personal",
    "place_order",
    "retry_line",
]

personal = PersonalRecords(Order, Line)
