"""Registration of customers."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "alicerce.apps.customers"
    label = "customers"
