"""Registration of developers."""

from django.apps import AppConfig


class DevelopersConfig(AppConfig):
    name = "alicerce.apps.developers"
    label = "developers"
