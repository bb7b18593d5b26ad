"""Registration of identity."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "alicerce.apps.identity"
    label = "identity"
