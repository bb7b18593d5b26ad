"""A national system in a thread, and a company that may speak to it. The tests of `fiscal` use it too."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from alicerce.vendors.nfse.client import NfseClient
from alicerce.vendors.nfse.settings import NfseSettings
from alicerce.vendors.nfse.signing import open_pkcs12
from alicerce.vendors.nfse.simulator import Registry, nfse_app
from alicerce.vendors.simulation.certificates import COMPANY_PASSWORD, Certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store


@dataclass(frozen=True)
class Sefin:
    registry: Registry
    faults: Faults
    settings: NfseSettings
    company: bytes

    def client(self) -> NfseClient:
        return NfseClient(self.settings, timeout=1)


@contextmanager
def national_system(certificates: Certificates) -> Iterator[Sefin]:
    faults = Faults()
    app = nfse_app(Store(None), faults)
    company = certificates.company.read_bytes()
    own = open_pkcs12(company, COMPANY_PASSWORD)
    with running(app, certificates, mutual=True) as url:
        settings = NfseSettings(
            base_url=url,
            cert_pem=own.cert_pem,
            key_pem=own.key_pem,
            ca_pem=certificates.ca.read_text(),
        )
        yield Sefin(app.state.registry, faults, settings, company)
