"""Registration of reconciliation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReconciliationConfig(AppConfig):
    name = "alicerce.apps.reconciliation"
    label = "reconciliation"
    verbose_name = _("Conciliação")

    def ready(self) -> None:
        from alicerce.apps.billing.types import GatewayKind
        from alicerce.apps.reconciliation.adapters.pix import pix_statement
        from alicerce.apps.reconciliation.adapters.stripe import stripe_statement
        from alicerce.apps.reconciliation.ports import statements

        statements |= {GatewayKind.PIX: pix_statement, GatewayKind.STRIPE: stripe_statement}
