"""Registration of support."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "alicerce.apps.support"
    label = "support"
