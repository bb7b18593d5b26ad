"""The environment Alicerce reads: every variable, its default and its meaning, in one table."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from alicerce.project.settings import values
from alicerce.project.settings.variable import Variable, WrongSetting


@dataclass(frozen=True)
class Environment:
    """What the environment said, parsed and checked."""

    env: str
    data_dir: Path
    database_url: str
    database_owner_url: str
    database_admin_url: str
    secret_key: str
    master_key: tuple[bytes, ...]
    base_url: str
    trusted_proxies: int
    web_host: str
    web_port: int
    web_workers: int
    web_threads: int
    worker_threads: int
    simulators_port: int
    smtp_url: str
    dns_servers: tuple[str, ...]
    public_addresses: tuple[str, ...]
    places_file: Path | None
    retry_pace: float
    reconcile_seconds: int
    outside_timeout: int
    queue_heartbeat: int
    loopback_ports: frozenset[int]
    mail_from: str
    alert_email: str
    google_client_id: str
    google_client_secret: str
    google_issuer: str

    @property
    def is_production(self) -> bool:
        return self.env == "production"


SIMULATORS_READY = (
    Path("run") / "simulators.json"
)  # in the data folder, once all of them listen
SMTP_OFFSET = 4  # the simulated mail server listens this far above the control page
DNS_OFFSET = 7  # and the simulated name server

VARIABLES: tuple[Variable, ...] = (
    Variable(
        "ALICERCE_ENV",
        "development",
        "`development`, `test` or `production`; production refuses to guess any secret",
        values.one_of("development", "test", "production"),
    ),
    Variable(
        "ALICERCE_DATA_DIR",
        "var",
        "Where the embedded database, the secrets and the run files live",
        values.folder,
    ),
    Variable(
        "DATABASE_URL",
        "",
        "PostgreSQL 15 to 18 as `alicerce_app`; empty starts the embedded one",
        values.database,
        secret=True,
        production=True,
    ),
    Variable(
        "DATABASE_OWNER_URL",
        "",
        "The same database as `alicerce_owner`; only migrations use it",
        values.database,
        secret=True,
    ),
    Variable(
        "DATABASE_ADMIN_URL",
        "",
        "The same server as a superuser; when given, `up` and `migrate` create the roles",
        values.database,
        secret=True,
    ),
    Variable(
        "ALICERCE_SECRET_KEY",
        "",
        "Signs sessions and links; made on first `up` outside production",
        values.secret_key,
        secret=True,
        production=True,
    ),
    Variable(
        "ALICERCE_MASTER_KEY",
        "",
        "32 bytes in base64 that encrypt stored secrets; older keys after a comma; made on first `up` outside production",
        values.master_keys,
        secret=True,
        production=True,
    ),
    Variable(
        "ALICERCE_BASE_URL",
        "http://127.0.0.1:8000",
        "The address people use; links start with it; follows the web port when not set",
        values.url("http", "https"),
    ),
    Variable(
        "ALICERCE_TRUSTED_PROXIES",
        "0",
        "Proxies in front, each adding to `X-Forwarded-For`; at 0 everyone seems to be the proxy",
        values.whole(least=0, most=10),
    ),
    Variable(
        "ALICERCE_WEB_HOST",
        "127.0.0.1",
        "Address the web process listens on",
        values.text,
    ),
    Variable("ALICERCE_WEB_PORT", "8000", "Port the web process listens on", values.port),
    Variable(
        "ALICERCE_WEB_WORKERS",
        "1",
        "Processes that answer web requests",
        values.whole(least=1, most=64),
    ),
    Variable(
        "ALICERCE_WEB_THREADS",
        "8",
        "Threads in each web process",
        values.whole(least=1, most=256),
    ),
    Variable(
        "ALICERCE_WORKER_THREADS",
        "8",
        "Jobs a worker runs at the same time",
        values.whole(least=1, most=256),
    ),
    Variable(
        "ALICERCE_SIMULATORS_PORT",
        "8100",
        "Control page of the simulators; they take this port and the seven after it",
        values.whole(least=1, most=65530),
    ),
    Variable(
        "ALICERCE_SMTP_URL",
        "smtp://127.0.0.1:8104",
        "Mail server, `smtp://user:password@host:port`; the simulated one when not set",
        values.url("smtp", "smtps", "smtp+starttls"),
        secret=True,
    ),
    Variable(
        "ALICERCE_DNS_SERVERS",
        "",
        "Name servers that are asked whether a company's own host names are its own, `address:port` with commas; empty asks the machine's, and the simulated one outside production",
        values.name_servers,
    ),
    Variable(
        "ALICERCE_PUBLIC_ADDRESSES",
        "",
        "Addresses of the proxy, with commas, shown to companies whose host name cannot be an alias",
        values.addresses,
    ),
    Variable(
        "ALICERCE_PLACES_FILE",
        "",
        "A list of places in MaxMind DB format (GeoLite2 City, DB-IP City Lite), so that sessions and the trail say the city of an address; without it, the country. Read once: restart after replacing it",
        values.readable_file,
    ),
    Variable(
        "ALICERCE_RETRY_PACE",
        "1.0",
        "Multiplies every delay between attempts; below 1 for demonstrations",
        values.pace_factor,
    ),
    Variable(
        "ALICERCE_RECONCILE_SECONDS",
        "900",
        "How often providers are asked about payments whose notice may be lost",
        values.whole(least=1, most=86400),
    ),
    Variable(
        "ALICERCE_OUTSIDE_TIMEOUT",
        "180",
        "Seconds a slow outside call, such as creating an account, may take",
        values.whole(least=1, most=3600),
    ),
    Variable(
        "ALICERCE_QUEUE_HEARTBEAT",
        "15",
        "Seconds between signs of life of a running job; after two without one it is run again",
        values.whole(least=1, most=600),
    ),
    Variable(
        "ALICERCE_LOOPBACK_PORTS",
        "",
        "Ports of this machine that addresses typed by users may lead to, with commas; refused in production. `./alicerce up` on your own machine opens 8999",
        values.ports,
    ),
    Variable(
        "ALICERCE_MAIL_FROM",
        "avisos@alicerce.example",
        "Sender address of e-mails; the name shown is the tenant's",
        values.email,
    ),
    Variable(
        "ALICERCE_ALERT_EMAIL",
        "",
        "Who is told when something needs a person",
        values.email,
    ),
    Variable(
        "ALICERCE_GOOGLE_CLIENT_ID",
        "",
        "Sign-in with Google: the client id of this installation; empty offers none",
        values.text,
    ),
    Variable(
        "ALICERCE_GOOGLE_CLIENT_SECRET",
        "",
        "Sign-in with Google: the client secret",
        values.text,
        secret=True,
    ),
    Variable(
        "ALICERCE_GOOGLE_ISSUER",
        "https://accounts.google.com",
        "Who answers as Google by OpenID Connect",
        values.url("https", "http"),
    ),
)


def read_environment(source: Mapping[str, str]) -> Environment:
    """The checked environment. Raises WrongSetting with the first variable that is wrong."""
    read = {variable.field: _read(variable, source) for variable in VARIABLES}
    environment = _follow_ports(Environment(**read), source)
    if environment.is_production:
        _refuse_to_guess(environment)
    return environment


def _follow_ports(environment: Environment, source: Mapping[str, str]) -> Environment:
    """Addresses that nobody chose move with the ports that somebody did."""
    if not _raw("ALICERCE_BASE_URL", source):
        base_url = f"http://127.0.0.1:{environment.web_port}"
        environment = replace(environment, base_url=base_url)
    if not _raw("ALICERCE_SMTP_URL", source):
        smtp_url = f"smtp://127.0.0.1:{environment.simulators_port + SMTP_OFFSET}"
        environment = replace(environment, smtp_url=smtp_url)
    if not environment.dns_servers and not environment.is_production:
        dns_server = f"127.0.0.1:{environment.simulators_port + DNS_OFFSET}"
        environment = replace(environment, dns_servers=(dns_server,))
    return environment


def _read(variable: Variable, source: Mapping[str, str]) -> Any:
    value = _raw(variable.name, source) or variable.default
    try:
        return variable.parse(value)
    except values.Complaint as complaint:
        shown = "" if variable.secret else f", not {value!r}"
        raise WrongSetting(variable.name, f"{complaint}{shown}.") from None


def _raw(name: str, source: Mapping[str, str]) -> str:
    file_name = f"{name}_FILE"
    path = source.get(file_name, "")
    if not path:
        return source.get(name, "").strip()
    if source.get(name):
        raise WrongSetting(name, f"and {file_name} are both set; keep one.")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise WrongSetting(file_name, f"points to {path}, which cannot be read.") from None


def _refuse_to_guess(environment: Environment) -> None:
    for variable in VARIABLES:
        if variable.production and not getattr(environment, variable.field):
            raise WrongSetting(
                variable.name, f"must be set in production (or {variable.name}_FILE)."
            )
    if environment.loopback_ports:
        raise WrongSetting(
            "ALICERCE_LOOPBACK_PORTS", "opens our own network to users; not in production."
        )
