"""Registration of dunning."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DunningConfig(AppConfig):
    name = "alicerce.apps.dunning"
    label = "dunning"
    verbose_name = _("Régua de cobrança")

    def ready(self) -> None:
        from alicerce.apps.customers.ports import letter_hours
        from alicerce.apps.dunning.queries.hours import next_letter_hour

        letter_hours["ladder"] = next_letter_hour
