"""Registration of developers."""

from django.apps import AppConfig


class DevelopersConfig(AppConfig):
    name = "alicerce.apps.developers"
    label = "developers"

    def ready(self) -> None:
        from alicerce.apps.developers.queries import keys_at
        from alicerce.apps.tenancy.ports import counts
        from alicerce.apps.tenancy.types import LimitKey

        counts[LimitKey.API_KEYS] = keys_at
