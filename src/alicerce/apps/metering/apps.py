"""Registration of metering, and that buyers read what its meters cost."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeteringConfig(AppConfig):
    name = "alicerce.apps.metering"
    label = "metering"
    verbose_name = _("Uso medido")

    def ready(self) -> None:
        from alicerce.apps.metering.web.words import told_prices
        from alicerce.apps.orders.ports import prices_by_use

        prices_by_use["metering"] = told_prices
