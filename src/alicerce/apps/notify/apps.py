"""Registration of notify."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "alicerce.apps.notify"
    label = "notify"
