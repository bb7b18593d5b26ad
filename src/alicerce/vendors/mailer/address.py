"""Where a mail server is and how it wants to be spoken to, from one URL."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class BadMailUrl(ValueError):
    """A URL that names no mail server."""


@dataclass(frozen=True, slots=True)
class MailServer:
    scheme: str
    host: str
    port: int
    user: str = field(repr=False)
    password: str = field(repr=False)

    @property
    def encrypted_from_the_start(self) -> bool:
        return self.scheme == "smtps"

    @property
    def must_encrypt(self) -> bool:
        """A password never crosses a network in the clear."""
        return self.scheme == "smtp+starttls" or bool(self.user and self.host not in LOOPBACK)


def read_url(url: str) -> MailServer:
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise BadMailUrl("expected smtp://, smtp+starttls:// or smtps:// and a host")
    return MailServer(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
