"""Registration of notify."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "alicerce.apps.notify"
    label = "notify"

    def ready(self) -> None:
        from django.conf import settings

        from alicerce.apps.notify.adapters.smtp import SmtpCarrier
        from alicerce.apps.notify.ports import mailers
        from alicerce.vendors.mailer.client import SmtpMailer

        mailers["smtp"] = SmtpCarrier(SmtpMailer(settings.SMTP_URL))
