"""Registration of dns."""

from django.apps import AppConfig


class DnsConfig(AppConfig):
    name = "alicerce.apps.dns"
    label = "dns"
