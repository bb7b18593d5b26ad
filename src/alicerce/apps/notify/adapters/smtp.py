"""Letters by SMTP."""

from email.message import EmailMessage
from email.utils import formataddr

from django.conf import settings

from alicerce.apps.notify.types import Letter
from alicerce.vendors.mailer.client import SmtpMailer


class SmtpCarrier:
    def __init__(self, mailer: SmtpMailer) -> None:
        self.mailer = mailer

    def deliver(self, letter: Letter) -> None:
        self.mailer.send(_message(letter))


def _message(letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"] = letter.message_id
    message["From"] = formataddr((letter.sender_name, letter.sender))
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def from_settings() -> SmtpCarrier:
    return SmtpCarrier(SmtpMailer(settings.SMTP_URL))
