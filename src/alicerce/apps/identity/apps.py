"""Registration of identity."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "alicerce.apps.identity"
    label = "identity"

    def ready(self) -> None:
        from alicerce.apps.identity.adapters import happenings
        from alicerce.apps.identity.web import gate
        from alicerce.kernel.sensitive import gates

        happenings.listen()
        gates["web"] = gate.pass_through
