"""Registration of tenancy, which knows the products of each tenant."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TenancyConfig(AppConfig):
    name = "alicerce.apps.tenancy"
    label = "tenancy"
    verbose_name = _("Empresa")

    def ready(self) -> None:
        from alicerce.apps.identity.ports import local_words, platform_hosts
        from alicerce.apps.tenancy.ports import counts
        from alicerce.apps.tenancy.queries.products import enabled_products
        from alicerce.apps.tenancy.queries.sandbox_clock import reading_of
        from alicerce.apps.tenancy.queries.team import members_at
        from alicerce.apps.tenancy.queries.tenants import names_here, platform_host
        from alicerce.apps.tenancy.types import LimitKey
        from alicerce.kernel import clock, products

        products.enabled.append(enabled_products)
        counts[LimitKey.MEMBERS] = members_at
        platform_hosts.append(platform_host)
        local_words.append(names_here)
        clock.rehearsal_clocks.append(reading_of)
