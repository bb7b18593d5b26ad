"""Registration of transfers: who can look at a source, and later move it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransfersConfig(AppConfig):
    name = "alicerce.apps.transfers"
    label = "transfers"
    verbose_name = _("Migrações")
    product = "hosting"

    def ready(self) -> None:
        from alicerce.apps.transfers.adapters import whm_transfer
        from alicerce.apps.transfers.ports import movers

        movers["whm"] = whm_transfer.WhmMover()
