"""Registration of orders: which of them keep a customer from being closed, and what they sold."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "alicerce.apps.orders"
    label = "orders"
    verbose_name = _("Pedidos")

    def ready(self) -> None:
        from alicerce.apps.catalog.ports import sellers
        from alicerce.apps.customers.ports import live_things, unpaid_things
        from alicerce.apps.orders.queries import (
            orders_owed_to,
            sold_of_prices,
            unpaid_orders_of,
        )

        live_things["orders"] = orders_owed_to
        unpaid_things["orders"] = unpaid_orders_of
        sellers["orders"] = sold_of_prices
