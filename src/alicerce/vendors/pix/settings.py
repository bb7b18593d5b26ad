"""How one PSP is reached: each speaks the Central Bank's API with an accent of its own."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

# The grant asked for in JSON; the client's credentials in its body; the scopes named in it.
JSON_GRANT = "json_grant"
CREDENTIALS_IN_BODY = "credentials_in_body"
NAME_SCOPES = "name_scopes"
QUIRKS = frozenset({JSON_GRANT, CREDENTIALS_IN_BODY, NAME_SCOPES})


class UnknownQuirk(ValueError):
    """A quirk that this client does not know how to humor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PixSettings:
    base_url: str
    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    client_cert_pem: str = field(repr=False)
    client_key_pem: str = field(repr=False)
    ca_pem: str | None = field(default=None, repr=False)
    pix_key: str
    extra_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    quirks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if strange := set(self.quirks) - QUIRKS:
            raise UnknownQuirk(", ".join(sorted(strange)))


def tls_context(settings: PixSettings) -> ssl.SSLContext:
    """Ours and theirs: we trust only the PSP's authority, when it names one, and show our certificate."""
    context = ssl.create_default_context(cadata=settings.ca_pem)
    # OpenSSL reads certificates from files only: the folder is ours alone and gone at once.
    with TemporaryDirectory(prefix="alicerce-pix-") as folder:
        chain = Path(folder, "client.pem")
        chain.touch(mode=0o600)
        chain.write_text(f"{settings.client_key_pem}\n{settings.client_cert_pem}\n")
        context.load_cert_chain(chain)
    return context
