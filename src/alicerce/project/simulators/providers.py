"""The set of simulated providers: two WHM servers, a PSP, Stripe, a mail server, the national NFS-e and DNS."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alicerce.project.simulators.control import control_app
from alicerce.project.simulators.credentials import Credentials, load_credentials
from alicerce.project.simulators.town import Server, Town
from alicerce.vendors.mailer.simulator import Inbox, MailSite
from alicerce.vendors.nfse.simulator import nfse_app
from alicerce.vendors.pix.simulator import pix_app
from alicerce.vendors.resolver.simulator import DnsSite, Names
from alicerce.vendors.simulation.certificates import (
    COMPANY_PASSWORD,
    Certificates,
    make_certificates,
)
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import Listener, Site
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.stripe.simulator import stripe_app
from alicerce.vendors.whm.simulator import whm_app

PIX_STEP, STRIPE_STEP, MAIL_STEP, NFSE_STEP, DNS_STEP = 2, 3, 4, 6, 7
WHM_STEPS = (1, 5)
PIX_KEY = "7d9f0335-8dcc-4054-9bf9-0dbd61d36906"
CLIENT_ID = "alicerce"
USERNAME = "root"


@dataclass(frozen=True)
class Providers:
    """What listens, and what somebody who wants to use it must know."""

    control: Site
    town: Town
    pix: Site
    stripe: Site
    mail: MailSite
    nfse: Site
    dns: DnsSite
    credentials: Credentials
    certificates: Certificates
    companies: Certificates

    @property
    def listeners(self) -> list[Listener]:
        """The control page last: when it answers, all answer."""
        servers = [server.site for server in self.town.servers]
        banks = [self.pix, self.stripe]
        return [*servers, *banks, self.mail, self.nfse, self.dns, self.control]

    def description(self) -> dict[str, Any]:
        certificates, credentials = self.certificates, self.credentials
        return {
            "control": {"url": self.control.base_url},
            "whm": [self._server(server) for server in self.town.servers],
            "pix": {
                "url": self.pix.base_url,
                "token_url": f"{self.pix.base_url}/oauth/token",
                "client_id": CLIENT_ID,
                "client_secret": credentials.pix_client_secret,
                "pix_key": PIX_KEY,
                "ca_pem": certificates.ca.read_text(),
                "ca_path": str(certificates.ca),
                "client_cert_pem": certificates.client_cert.read_text(),
                "client_key_pem": certificates.client_key.read_text(),
            },
            "stripe": {
                "url": self.stripe.base_url,
                "secret_key": credentials.stripe_secret_key,
                "webhook_secret": credentials.stripe_webhook_secret,
                "watch_url": f"{self.control.base_url}/stripe/webhooks",
            },
            "smtp": {"url": self.mail.url},
            "dns": {"server": self.dns.address},
            "nfse": {
                "url": self.nfse.base_url,
                "ca_pem": self.companies.ca.read_text(),
                "certificate": b64encode(self.companies.company.read_bytes()).decode(),
                "password": COMPANY_PASSWORD,
            },
        }

    def _server(self, server: Server) -> dict[str, Any]:
        machine = server.machine
        return {
            "name": server.name,
            "hostname": machine.hostname,
            "url": server.site.base_url,
            "username": USERNAME,
            "token": self.credentials.whm_tokens[server.number - 1],
            "ca_pem": self.certificates.ca.read_text(),
            "ca_path": str(self.certificates.ca),
            "ip": machine.ip,
            "nameservers": list(machine.nameservers),
            "packages": list(machine.packages),
        }


def open_providers(*, folder: Path, first_port: int) -> Providers:
    """Nothing listens yet. With port 0, each takes a free one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    credentials = load_credentials(folder / "credentials.json")
    certificates = make_certificates(folder / "certificates")
    ports = _ports(first_port)
    companies = make_certificates(folder / "companies")
    faults = {name: Faults() for name in ("pix", "stripe", "smtp", "nfse", "dns")}
    nfse = nfse_app(Store(folder / "nfse.sqlite3"), faults["nfse"])
    pix = pix_app(
        Store(folder / "pix.sqlite3"),
        faults["pix"],
        client_id=CLIENT_ID,
        client_secret=credentials.pix_client_secret,
        pix_key=PIX_KEY,
        receiver_name="Nuvem Sul Hospedagem",
        receiver_city="Curitiba",
    )
    stripe = stripe_app(
        Store(folder / "stripe.sqlite3"),
        faults["stripe"],
        secret_key=credentials.stripe_secret_key,
    )
    inbox = Inbox(Store(folder / "mail.sqlite3"), faults["smtp"])
    names = Names(Store(folder / "dns.sqlite3"), faults["dns"])
    town = Town(
        servers=[
            _server(number, folder, ports[f"whm-{number}"], credentials, certificates)
            for number in (1, 2)
        ],
        pix=pix.state.provider,
        stripe=stripe.state.provider,
        stripe_webhook_secret=credentials.stripe_webhook_secret,
        inbox=inbox,
        names=names,
        faults=faults,
    )
    return Providers(
        control=Site(control_app(town), port=ports["control"]),
        town=town,
        pix=Site(pix, port=ports["pix"], certificates=certificates, mutual=True),
        stripe=Site(stripe, port=ports["stripe"]),
        mail=MailSite(inbox, port=ports["mail"]),
        nfse=Site(nfse, port=ports["nfse"], certificates=companies, mutual=True),
        dns=DnsSite(names, port=ports["dns"]),
        credentials=credentials,
        certificates=certificates,
        companies=companies,
    )


def _ports(first: int) -> Mapping[str, int]:
    steps = {"control": 0, "pix": PIX_STEP, "stripe": STRIPE_STEP, "mail": MAIL_STEP}
    steps |= {"nfse": NFSE_STEP, "dns": DNS_STEP}
    steps |= {f"whm-{number}": step for number, step in enumerate(WHM_STEPS, start=1)}
    return {name: first and first + step for name, step in steps.items()}


def _server(
    number: int, folder: Path, port: int, credentials: Credentials, certificates: Certificates
) -> Server:
    faults = Faults(seed=number)
    app = whm_app(
        Store(folder / f"whm-{number}.sqlite3"),
        faults,
        username=USERNAME,
        token=credentials.whm_tokens[number - 1],
        hostname=f"br{number}.hospedagem.example",
        ip=f"192.0.2.{number}",
    )
    site = Site(app, port=port, certificates=certificates)
    return Server(number, f"br{number}", app.state.machine, faults, site)
