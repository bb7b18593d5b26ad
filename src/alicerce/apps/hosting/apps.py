"""Registration of hosting: what it delivers, which panels there are, and the zones they host."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HostingConfig(AppConfig):
    name = "alicerce.apps.hosting"
    label = "hosting"
    verbose_name = _("Hospedagem")
    product = "hosting"

    def ready(self) -> None:
        from alicerce.apps.catalog.ports import kinds
        from alicerce.apps.catalog.types import Limit
        from alicerce.apps.customers.ports import live_things
        from alicerce.apps.dns.ports import dns_hosts
        from alicerce.apps.hosting.adapters import plans, whm, whm_zone
        from alicerce.apps.hosting.ports import panels
        from alicerce.apps.hosting.queries.servers import places_with_room
        from alicerce.apps.hosting.queries.services import (
            disk_of_line,
            live_services_of,
            sites_of_line,
            standings_of_lines,
        )
        from alicerce.apps.orders.ports import places
        from alicerce.apps.subscriptions.ports import counts, deliverers, readings

        kinds[plans.ACCOUNT.key] = plans.ACCOUNT
        places[plans.ACCOUNT.key] = places_with_room
        panels["whm"] = whm.of_access
        dns_hosts["whm"] = whm_zone.of_server
        counts[Limit.SITES] = sites_of_line
        readings[Limit.DISK_GB] = disk_of_line
        deliverers["hosting"] = standings_of_lines
        live_things["hosting"] = live_services_of
