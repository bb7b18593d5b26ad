"""Registration of billing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BillingConfig(AppConfig):
    name = "alicerce.apps.billing"
    label = "billing"
    verbose_name = _("Cobrança")

    def ready(self) -> None:
        from alicerce.apps.billing.adapters.pix import open_pix
        from alicerce.apps.billing.adapters.stripe import open_stripe
        from alicerce.apps.billing.adapters.stripe_connect import open_stripe_connector
        from alicerce.apps.billing.ports import connectors, gateways
        from alicerce.apps.billing.queries.claims import names_of, owed
        from alicerce.apps.billing.queries.words import KINDS
        from alicerce.apps.billing.types import GatewayKind
        from alicerce.apps.ledger.ports import Poster, posters

        gateways |= {GatewayKind.PIX: open_pix, GatewayKind.STRIPE: open_stripe}
        connectors |= {GatewayKind.STRIPE: open_stripe_connector}
        posters["billing"] = Poster(KINDS, names_of, owed)
