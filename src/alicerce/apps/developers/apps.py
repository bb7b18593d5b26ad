"""Registration of developers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DevelopersConfig(AppConfig):
    name = "alicerce.apps.developers"
    label = "developers"
    verbose_name = _("API")

    def ready(self) -> None:
        from alicerce.apps.developers.adapters.simulators import simulators
        from alicerce.apps.developers.ports import stand_ins
        from alicerce.apps.developers.queries import keys_at, line_was_revoked
        from alicerce.apps.tenancy.ports import counts, was_revoked
        from alicerce.apps.tenancy.types import LimitKey

        stand_ins["simulators"] = simulators
        counts[LimitKey.API_KEYS] = keys_at
        was_revoked["developers"] = line_was_revoked
