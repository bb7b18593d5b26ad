"""Registration of privacy."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "alicerce.apps.privacy"
    label = "privacy"
    verbose_name = _("Privacidade")
