"""Letters by SMTP, and how certain we are that each one left."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from email import policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr

from alicerce.kernel.http import Refusal, Unavailable, Unknown, assert_outside
from alicerce.vendors.mailer.address import read_url

PERMANENT = 500
ACCEPTED = range(200, 300)


class NoRecipient(Refusal):
    """The letter says nobody to bring it to."""


class SmtpMailer:
    """`smtp://` is encrypted when offered, `smtp+starttls://` always, `smtps://` from the start."""

    def __init__(self, url: str, *, timeout: float = 30, ca_pem: str = "") -> None:
        self._server = read_url(url)
        self._timeout = timeout
        self._trust = ssl.create_default_context(cadata=ca_pem or None)

    def send(self, message: EmailMessage) -> None:
        """Hand the letter over, to all its recipients or to none.

        Raises Refusal, Unavailable or Unknown.
        """
        assert_outside(f"SMTP {self._server.host}")
        sender, recipients = _envelope(message)
        with self._connection(sender) as smtp:
            _address(smtp, sender, recipients)
            _hand_over(smtp, _written(message))

    def __repr__(self) -> str:
        return f"<SmtpMailer {self._server.host}:{self._server.port}>"

    @contextmanager
    def _connection(self, sender: str) -> Iterator[smtplib.SMTP]:
        smtp = self._connect(name=sender.rpartition("@")[2])
        try:
            self._introduce(smtp)
            yield smtp
        finally:
            smtp.close()

    def _connect(self, *, name: str) -> smtplib.SMTP:
        server = self._server
        try:
            if server.encrypted_from_the_start:
                return smtplib.SMTP_SSL(
                    server.host, server.port, name, timeout=self._timeout, context=self._trust
                )
            return smtplib.SMTP(server.host, server.port, name, timeout=self._timeout)
        except (OSError, smtplib.SMTPException) as error:
            raise _unavailable(error) from error

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.ehlo_or_helo_if_needed()
            self._encrypt(smtp)
            if self._server.user:
                smtp.login(self._server.user, self._server.password)
        except (OSError, smtplib.SMTPException) as error:
            raise _unavailable(error) from error

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        server = self._server
        if server.encrypted_from_the_start:
            return
        if smtp.has_extn("starttls"):
            smtp.starttls(context=self._trust)
            smtp.ehlo()
        elif server.must_encrypt:
            raise Unavailable("SMTP: the server does not offer encryption")


def _envelope(message: EmailMessage) -> tuple[str, list[str]]:
    sender = parseaddr(str(message["Sender"] or message["From"] or ""))[1]
    named = [str(value) for name in ("To", "Cc", "Bcc") for value in message.get_all(name, [])]
    recipients = [address for _, address in getaddresses(named) if address]
    if not recipients:
        raise NoRecipient("SMTP: a letter to nobody")
    return sender, recipients


def _written(message: EmailMessage) -> bytes:
    """Without the blind copies, which only the envelope knows."""
    letter = message
    if "Bcc" in message:
        letter = deepcopy(message)
        del letter["Bcc"]
    return letter.as_bytes(policy=policy.SMTP)


def _address(smtp: smtplib.SMTP, sender: str, recipients: list[str]) -> None:
    """Nothing was sent yet: whatever goes wrong here, nobody got the letter."""
    try:
        _expect(smtp.mail(sender))
        for recipient in recipients:
            _expect(smtp.rcpt(recipient))
    except (OSError, smtplib.SMTPException) as error:
        raise _unavailable(error) from error
    except UnicodeEncodeError as error:
        raise Refusal("SMTP: an address that is not ASCII") from error


def _hand_over(smtp: smtplib.SMTP, letter: bytes) -> None:
    """Once the last byte left, silence means that it may have been taken."""
    try:
        answer = smtp.data(letter)
    except smtplib.SMTPDataError as error:
        raise _no(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unknown(f"SMTP: {type(error).__name__}") from error
    _expect(answer)
    with suppress(OSError, smtplib.SMTPException):
        smtp.quit()


def _expect(answer: tuple[int, bytes]) -> None:
    code, said = answer
    if code not in ACCEPTED:
        raise _no(code, said)


def _no(code: int, said: bytes | str) -> Refusal | Unavailable:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    kind = Refusal if code >= PERMANENT else Unavailable
    return kind(f"SMTP {code}: {text}")


def _unavailable(error: Exception) -> Unavailable:
    code = getattr(error, "smtp_code", "")
    return Unavailable(f"SMTP: {type(error).__name__} {code}".rstrip())
