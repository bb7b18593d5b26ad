"""Registration of customers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    name = "alicerce.apps.customers"
    label = "customers"
    verbose_name = _("Clientes")

    def ready(self) -> None:
        from alicerce.apps.customers.queries.customers import customers_at
        from alicerce.apps.tenancy.ports import counts
        from alicerce.apps.tenancy.types import LimitKey

        counts[LimitKey.CUSTOMERS] = customers_at
