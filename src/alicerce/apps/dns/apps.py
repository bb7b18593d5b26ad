"""Registration of dns."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DnsConfig(AppConfig):
    name = "alicerce.apps.dns"
    label = "dns"
    verbose_name = _("Domínios")
    product = "hosting"
