"""Registration of metadata."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetadataConfig(AppConfig):
    name = "alicerce.apps.metadata"
    label = "metadata"
    verbose_name = _("Dados de integrações")
