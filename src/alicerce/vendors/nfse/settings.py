"""How the national system is reached: by the certificate of the company, in both directions."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

PRODUCTION_URL = "https://sefin.nfse.gov.br/SefinNacional"
RESTRICTED_URL = "https://sefin.producaorestrita.nfse.gov.br/SefinNacional"


@dataclass(frozen=True, slots=True, kw_only=True)
class NfseSettings:
    base_url: str
    cert_pem: str = field(repr=False)
    key_pem: str = field(repr=False)
    ca_pem: str | None = field(default=None, repr=False)


def tls_context(settings: NfseSettings) -> ssl.SSLContext:
    """Theirs by the authorities everybody trusts, unless one is named; ours by the company's certificate."""
    context = ssl.create_default_context(cadata=settings.ca_pem or None)
    # OpenSSL reads certificates from files only: the folder is ours alone and gone at once.
    with TemporaryDirectory(prefix="alicerce-nfse-") as folder:
        chain = Path(folder, "client.pem")
        chain.touch(mode=0o600)
        chain.write_text(f"{settings.key_pem}\n{settings.cert_pem}\n")
        context.load_cert_chain(chain)
    return context
