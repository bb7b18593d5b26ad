"""Registration of notify."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotifyConfig(AppConfig):
    name = "alicerce.apps.notify"
    label = "notify"
    verbose_name = _("Mensagens")

    def ready(self) -> None:
        from alicerce.apps.customers.ports import posts
        from alicerce.apps.identity.ports import letters
        from alicerce.apps.notify.adapters import smtp
        from alicerce.apps.notify.adapters.account_letters import AccountLetters
        from alicerce.apps.notify.ports import mailers
        from alicerce.apps.notify.services import send

        mailers["smtp"] = smtp.from_settings()
        letters["notify"] = AccountLetters()
        posts["mail"] = send
