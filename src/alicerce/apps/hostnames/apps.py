"""Registration of hostnames."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HostnamesConfig(AppConfig):
    name = "alicerce.apps.hostnames"
    label = "hostnames"
    verbose_name = _("Endereços próprios")

    def ready(self) -> None:
        from alicerce.apps.hostnames.adapters.dns import open_dns
        from alicerce.apps.hostnames.ports import resolvers

        resolvers["dns"] = open_dns
