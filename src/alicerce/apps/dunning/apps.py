"""Registration of dunning."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DunningConfig(AppConfig):
    name = "alicerce.apps.dunning"
    label = "dunning"
    verbose_name = _("Régua de cobrança")
