"""Registration of metering."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeteringConfig(AppConfig):
    name = "alicerce.apps.metering"
    label = "metering"
    verbose_name = _("Uso medido")
