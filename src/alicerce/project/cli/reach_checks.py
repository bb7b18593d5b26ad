"""The doctor's look outside: whether each provider accepts a connection."""

import smtplib
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import psycopg

from alicerce.project.cli.findings import Finding, ok, warn
from alicerce.project.settings.env import Environment

PATIENCE = 3
MAIL_PORT = 25


@dataclass(frozen=True)
class Place:
    """A provider's address."""

    name: str
    host: str
    port: int


SIMULATED = (("WHM", 1), ("second WHM", 5), ("Pix", 2), ("Stripe", 3), ("NFS-e", 6))
HTTPS_PORT = 443
SERVERS = "select name, base_url from hosting_server where status = 'active' order by name"
TENANTS = "select id from tenancy_tenant where status = 'active' order by id"
GATEWAYS = "select name, base_url from billing_gatewayaccount where enabled order by name"


def reach_findings(*, environment: Environment) -> list[Finding]:
    """Mail first: without it nobody hears of the rest."""
    return [_mail(environment.smtp_url), *[_reach(place) for place in _places(environment)]]


def _places(environment: Environment) -> list[Place]:
    if environment.is_production:
        url = environment.database_url
        return [*_servers(url), *_gateways(url)]
    first = environment.simulators_port
    return [Place(f"{name} simulator", "127.0.0.1", first + step) for name, step in SIMULATED]


def _servers(url: str) -> list[Place]:
    """Every tenant's servers, read as the operator role; none when they cannot be read."""
    try:
        with psycopg.connect(url, connect_timeout=PATIENCE) as connection:
            connection.execute("set local role alicerce_operator")
            rows = connection.execute(SERVERS).fetchall()
    except psycopg.Error:
        return []
    return [_place(f"WHM {name}", urlsplit(base_url)) for name, base_url in rows]


def _gateways(url: str) -> list[Place]:
    """Every tenant's accounts at providers. Operators may not read them, so each as its tenant."""
    try:
        with psycopg.connect(url, connect_timeout=PATIENCE) as connection:
            connection.execute("set local role alicerce_operator")
            tenants = connection.execute(TENANTS).fetchall()
            connection.execute("reset role")
            rows = [row for (tenant,) in tenants for row in _gateways_of(connection, tenant)]
    except psycopg.Error:
        return []
    return [_place(f"gateway {name}", urlsplit(base_url)) for name, base_url in rows]


def _gateways_of(
    connection: "psycopg.Connection[tuple[str, str]]", tenant: str
) -> list[tuple[str, str]]:
    connection.execute("select set_config('app.tenant_id', %s, true)", [str(tenant)])
    return connection.execute(GATEWAYS).fetchall()


def _place(name: str, address: SplitResult) -> Place:
    return Place(name, address.hostname or "", address.port or HTTPS_PORT)


def _reach(place: Place) -> Finding:
    try:
        with socket.create_connection((place.host, place.port), timeout=PATIENCE):
            return ok(place.name, f"{place.host}:{place.port} accepts connections.")
    except OSError as error:
        reason = error.strerror or error
        return warn(place.name, f"{place.host}:{place.port} cannot be reached ({reason}).")


def _mail(url: str) -> Finding:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or MAIL_PORT
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        with kind(host, port, timeout=PATIENCE) as mail:
            mail.noop()
    except (OSError, smtplib.SMTPException) as error:
        return warn("mail", f"{host}:{port} does not answer ({error}); see ALICERCE_SMTP_URL.")
    return ok("mail", f"{host}:{port} answers.")
