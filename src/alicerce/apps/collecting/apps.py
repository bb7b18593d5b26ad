"""Registration of collecting."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollectingConfig(AppConfig):
    name = "alicerce.apps.collecting"
    label = "collecting"
    verbose_name = _("Cartões e cobrança automática")

    def ready(self) -> None:
        from alicerce.apps.billing.ports import kept_ways, self_payments, ways_to_pay
        from alicerce.apps.billing.types import GatewayKind
        from alicerce.apps.collecting.adapters.pix import mandates_named, open_pix_authorizer
        from alicerce.apps.collecting.adapters.stripe import open_stripe_vault
        from alicerce.apps.collecting.ports import authorizers, mandate_names, vaults
        from alicerce.apps.collecting.queries.cards import can_be_charged
        from alicerce.apps.collecting.queries.foretold_words import self_payments as told
        from alicerce.apps.collecting.web import at_once
        from alicerce.apps.collecting.web.automatic import ways_of
        from alicerce.apps.collecting.web.kept_way import kept_way
        from alicerce.apps.orders.ports import card_holders
        from alicerce.apps.subscriptions.ports import cards_at_hand, pay_at_once

        card_holders["collecting"] = can_be_charged
        vaults |= {GatewayKind.STRIPE: open_stripe_vault}
        authorizers |= {GatewayKind.PIX: open_pix_authorizer}
        mandate_names |= {GatewayKind.PIX: mandates_named}
        ways_to_pay["collecting"] = ways_of
        self_payments["collecting"] = told
        kept_ways["collecting"] = kept_way
        cards_at_hand["collecting"] = at_once.card_at_hand
        pay_at_once["collecting"] = at_once.pay_at_once
