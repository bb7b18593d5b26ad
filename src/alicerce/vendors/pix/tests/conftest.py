"""A running PSP that demands our certificate, and a receiver of its callbacks."""

from dataclasses import dataclass
from typing import Any

import pytest

from alicerce.kernel.brazil import Document
from alicerce.kernel.money import Money
from alicerce.vendors.pix.client import Payer, PixClient
from alicerce.vendors.pix.settings import PixSettings
from alicerce.vendors.pix.simulator import PixProvider, pix_app
from alicerce.vendors.pix.tests.receiver import Receiver
from alicerce.vendors.simulation.certificates import make_certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store

KEY = "7d9f0335-8dcc-4054-9bf9-0dbd61d36906"
MARIA = Payer("Maria das Dores", Document("cpf", "12345678909"))


@dataclass(frozen=True)
class Psp:
    url: str
    provider: PixProvider
    faults: Faults
    gate: Any
    settings: PixSettings


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("tls") / "certificates")


@pytest.fixture
def psp(certificates):
    faults = Faults()
    app = pix_app(
        Store(None),
        faults,
        client_id="alicerce",
        client_secret="segredo",
        pix_key=KEY,
        receiver_name="Ipê Hospedagem Ltda",
        receiver_city="São Paulo",
    )
    with running(app, certificates, mutual=True) as url:
        settings = PixSettings(
            base_url=url,
            token_url=f"{url}/oauth/token",
            client_id="alicerce",
            client_secret="segredo",
            client_cert_pem=certificates.client_cert.read_text(),
            client_key_pem=certificates.client_key.read_text(),
            ca_pem=certificates.ca.read_text(),
            pix_key=KEY,
        )
        yield Psp(url, app.state.provider, faults, app.state.gate, settings)
    app.state.provider.close()


@pytest.fixture
def client(psp):
    with PixClient(psp.settings, timeout=2) as client:
        yield client


@pytest.fixture
def charge(client):
    def make(txid="a" * 32, cents=3700, seconds=3600, payer=MARIA):
        return client.put_charge(
            txid=txid,
            amount=Money(cents),
            expires_in_seconds=seconds,
            payer=payer,
            text="Hospedagem 11/2026",
        )

    return make


@pytest.fixture
def receiver():
    with Receiver().listening() as receiver:
        yield receiver
