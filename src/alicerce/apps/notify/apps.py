"""Registration of notify."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "alicerce.apps.notify"
    label = "notify"

    def ready(self) -> None:
        from alicerce.apps.notify.adapters import smtp
        from alicerce.apps.notify.ports import mailers

        mailers["smtp"] = smtp.from_settings()
