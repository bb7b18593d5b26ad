"""Registration of tenancy."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "alicerce.apps.tenancy"
    label = "tenancy"
