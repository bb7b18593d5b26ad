"""Registration of privacy."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "alicerce.apps.privacy"
    label = "privacy"
