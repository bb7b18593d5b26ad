"""Registration of payers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PayersConfig(AppConfig):
    name = "alicerce.apps.payers"
    label = "payers"
    verbose_name = _("Cobrança da plataforma")

    def ready(self) -> None:
        from alicerce.apps.catalog.ports import kinds
        from alicerce.apps.payers.queries.offers import PRODUCT

        kinds[PRODUCT.key] = PRODUCT
