"""Registration of corrections."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrectionsConfig(AppConfig):
    name = "alicerce.apps.corrections"
    label = "corrections"
    verbose_name = _("Correções pedidas")
