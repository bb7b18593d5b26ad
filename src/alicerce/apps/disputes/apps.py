"""Registration of disputes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesConfig(AppConfig):
    name = "alicerce.apps.disputes"
    label = "disputes"
    verbose_name = _("Disputas")

    def ready(self) -> None:
        from alicerce.apps.billing.types import GatewayKind
        from alicerce.apps.disputes.adapters.stripe import open_stripe_desk
        from alicerce.apps.disputes.ports import desks

        desks[GatewayKind.STRIPE] = open_stripe_desk
