"""Registration of collecting."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollectingConfig(AppConfig):
    name = "alicerce.apps.collecting"
    label = "collecting"
    verbose_name = _("Cartões e cobrança automática")

    def ready(self) -> None:
        from alicerce.apps.billing.types import GatewayKind
        from alicerce.apps.collecting.adapters.stripe import open_stripe_vault
        from alicerce.apps.collecting.ports import vaults

        vaults |= {GatewayKind.STRIPE: open_stripe_vault}
