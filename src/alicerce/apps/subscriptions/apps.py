"""Registration of subscriptions, and which of them keep a customer from being closed."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubscriptionsConfig(AppConfig):
    name = "alicerce.apps.subscriptions"
    label = "subscriptions"
    verbose_name = _("Assinaturas")

    def ready(self) -> None:
        from alicerce.apps.catalog.ports import kinds
        from alicerce.apps.customers.ports import live_things
        from alicerce.apps.metering.ports import users
        from alicerce.apps.orders.ports import lead_days
        from alicerce.apps.subscriptions.queries.addons import ADDON
        from alicerce.apps.subscriptions.queries.cards import live_subscriptions_of
        from alicerce.apps.subscriptions.queries.metered import metered
        from alicerce.apps.subscriptions.queries.terms import days_ahead

        lead_days["subscriptions"] = days_ahead
        kinds[ADDON.key] = ADDON
        users["subscriptions"] = metered
        live_things["subscriptions"] = live_subscriptions_of
