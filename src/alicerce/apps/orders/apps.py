"""Registration of orders, and which of them keep a customer from being closed."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "alicerce.apps.orders"
    label = "orders"
    verbose_name = _("Pedidos")

    def ready(self) -> None:
        from alicerce.apps.customers.ports import live_things, unpaid_things
        from alicerce.apps.orders.queries import orders_owed_to, unpaid_orders_of

        live_things["orders"] = orders_owed_to
        unpaid_things["orders"] = unpaid_orders_of
