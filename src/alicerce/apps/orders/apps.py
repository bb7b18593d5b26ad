"""Registration of orders."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "alicerce.apps.orders"
    label = "orders"
