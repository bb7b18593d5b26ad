"""Registration of catalog."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "alicerce.apps.catalog"
    label = "catalog"
