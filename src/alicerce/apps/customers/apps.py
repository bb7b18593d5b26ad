"""Registration of customers."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "alicerce.apps.customers"
    label = "customers"

    def ready(self) -> None:
        from alicerce.apps.customers.queries.customers import customers_at
        from alicerce.apps.tenancy.ports import counts
        from alicerce.apps.tenancy.types import LimitKey

        counts[LimitKey.CUSTOMERS] = customers_at
