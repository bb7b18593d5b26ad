"""Registration of identity."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentityConfig(AppConfig):
    name = "alicerce.apps.identity"
    label = "identity"
    verbose_name = _("Pessoas")

    def ready(self) -> None:
        from alicerce.apps.identity.adapters import happenings
        from alicerce.apps.identity.models import accounts  # noqa: F401 (session keys are hidden)
        from alicerce.apps.identity.web import gate
        from alicerce.kernel.sensitive import gates

        happenings.listen()
        gates["web"] = gate.pass_through
