"""Registration of ${app}."""

from django.apps import AppConfig


class ${App}Config(AppConfig):
    name = "alicerce.apps.${app}"
    label = "${app}"
