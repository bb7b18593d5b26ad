"""Registration of switching."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SwitchingConfig(AppConfig):
    name = "alicerce.apps.switching"
    label = "switching"
    verbose_name = _("Troca de sistema")

    def ready(self) -> None:
        from alicerce.apps.catalog.ports import ProductKind, kinds
        from alicerce.apps.switching.rules.reading import BROUGHT

        kinds[BROUGHT] = ProductKind(BROUGHT, _("Trazido de outro sistema, sem entrega"))
