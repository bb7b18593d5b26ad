"""Certificates for the loopback: one authority for servers, another for clients, kept in a folder."""

import os
import shutil
import ssl
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    load_pem_private_key,
    pkcs12,
)

NAMES = ("127.0.0.1", "localhost", "::1")
CLIENT = "cliente.alicerce.example"
COMPANY, COMPANY_PASSWORD = "NUVEM SUL HOSPEDAGEM LTDA:12345678000195", "simulador"
"""A company's own certificate, as an authority sells it: PKCS#12, RSA, its document after its name."""


@dataclass(frozen=True, slots=True)
class Certificates:
    """Where each PEM lies."""

    folder: Path

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    @property
    def server_cert(self) -> Path:
        return self.folder / "server.pem"

    @property
    def server_key(self) -> Path:
        return self.folder / "server.key"

    @property
    def client_ca(self) -> Path:
        return self.folder / "client-ca.pem"

    @property
    def client_cert(self) -> Path:
        return self.folder / "client.pem"

    @property
    def client_key(self) -> Path:
        return self.folder / "client.key"

    @property
    def company(self) -> Path:
        return self.folder / "company.p12"

    def client_context(self, *, with_certificate: bool = False) -> ssl.SSLContext:
        """Trusts the server of these certificates, and shows the client's when asked to."""
        context = ssl.create_default_context(cafile=str(self.ca))
        if with_certificate:
            context.load_cert_chain(self.client_cert, self.client_key)
        return context


def make_certificates(folder: Path) -> Certificates:
    """The folder's certificates, made the first time."""
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        _write(Certificates(draft))
        _settle(draft, folder)
    return Certificates(folder)


def _write(certificates: Certificates) -> None:
    servers, clients = trustme.CA(), trustme.CA()
    server, client = servers.issue_cert(*NAMES), clients.issue_cert(common_name=CLIENT)
    certificates.ca.write_bytes(servers.cert_pem.bytes())
    certificates.client_ca.write_bytes(clients.cert_pem.bytes())
    _write_pair(server, certificates.server_cert, certificates.server_key)
    _write_pair(client, certificates.client_cert, certificates.client_key)
    _write_company(clients, certificates.company)


def _write_company(authority: trustme.CA, path: Path) -> None:
    leaf = authority.issue_cert(common_name=COMPANY, key_type=trustme.KeyType.RSA)
    key = load_pem_private_key(leaf.private_key_pem.bytes(), None)
    assert isinstance(key, RSAPrivateKey)
    cert = x509.load_pem_x509_certificate(leaf.cert_chain_pems[0].bytes())
    locked = BestAvailableEncryption(COMPANY_PASSWORD.encode())
    path.touch(mode=0o600)
    path.write_bytes(pkcs12.serialize_key_and_certificates(None, key, cert, None, locked))


def _write_pair(pair: trustme.LeafCert, cert: Path, key: Path) -> None:
    cert.write_bytes(b"".join(blob.bytes() for blob in pair.cert_chain_pems))
    key.touch(mode=0o600)
    key.write_bytes(pair.private_key_pem.bytes())


def _settle(draft: Path, folder: Path) -> None:
    """A half-written folder never has the name; of two writers, the first wins."""
    try:
        os.rename(draft, folder)  # noqa: PTH104 (Path.rename would do; os refuses a full folder)
    except OSError:
        shutil.rmtree(draft)
