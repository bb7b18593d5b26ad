"""Registration of endpoints: from here on every fact that is offered is also logged."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EndpointsConfig(AppConfig):
    name = "alicerce.apps.endpoints"
    label = "endpoints"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from alicerce.apps.endpoints.services.log_event import log_event, log_events
        from alicerce.kernel import events

        events.heard.append(log_event)
        events.heard_together[log_event] = log_events
