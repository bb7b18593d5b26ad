"""Add a server, or change one: what people typed is checked, the token is sealed, nobody is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError
from django.db import transaction as django_transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting import rules
from alicerce.apps.hosting.errors import BadServer, ServerNameTaken
from alicerce.apps.hosting.events import ServerCheckDue
from alicerce.apps.hosting.models import Pool, Server
from alicerce.apps.hosting.services.ways import way_to
from alicerce.apps.hosting.types import HostFault, Strategy
from alicerce.kernel import safe_http
from alicerce.kernel.crypto import seal
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Refusal

PEM_MARK = "-----BEGIN CERTIFICATE-----"
NOT_PUBLIC = _(
    "Use um endereço público, na porta 2087 ou 443. Um servidor em rede interna é cadastrado "
    "por quem opera a plataforma."
)
USE_HTTPS = _("Use o endereço https:// do WHM, com a porta.")
FAULTS: dict[HostFault, str | Promise] = {
    HostFault.NOT_BARE: _("Informe só o nome na rede, sem https://, usuário ou caminho."),
    HostFault.WITH_PORT: _("Informe o nome na rede sem a porta."),
    HostFault.NO_NAME: _(
        "Use um nome completo, como sp-01.suaempresa.com.br, ou um endereço IP."
    ),
    HostFault.LOCAL: _("Este endereço é da própria máquina ou da rede interna da nuvem."),
}
COLUMNS = (
    "name", "hostname", "base_url", "username", "ca_pem", "ip", "max_accounts", "max_concurrent"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ServerForm:
    """A server as typed. An empty token keeps the one that is stored.

    An address that a company typed itself is only ever asked on the public Internet.
    """

    name: str
    hostname: str
    base_url: str
    ip: str
    max_accounts: int
    nameservers: Sequence[str]
    token: str = field(default="", repr=False)
    username: str = "root"
    ca_pem: str = ""
    max_concurrent: int = 2
    pool: str = ""
    region: str = ""
    strategy: Strategy = Strategy.LEAST_FULL
    is_companys: bool = False


def register_server(*, form: ServerForm, at: datetime) -> UUID:
    """Raises BadServer, ServerNameTaken."""
    _check(form)
    if not form.token:
        raise BadServer("token", _("Informe o token da API do WHM."))
    return _write(Server(), form, action="server.registered", at=at)


def update_server(*, server_id: UUID, form: ServerForm, at: datetime) -> None:
    """Raises BadServer, ServerNameTaken, Server.DoesNotExist."""
    _check(form)
    _write(None, form, action="server.updated", at=at, server_id=server_id)


@transaction()
def _write(
    server: Server | None,
    form: ServerForm,
    *,
    action: str,
    at: datetime,
    server_id: UUID | None = None,
) -> UUID:
    if server is None:
        assert server_id is not None
        server = Server.objects.lock(server_id)
    before = _shown(server) if server_id else None
    if form.is_companys and server.base_url != form.base_url.rstrip("/"):
        _check_public(form.base_url)
    _fill(server, form)
    _save(server)
    publish(ServerCheckDue(at=at, server_id=server.id))
    after = _shown(server) | {"token": "changed" if form.token else "kept"}
    audit.record(
        action=action, entity="server", entity_id=server.id, before=before, after=after, at=at
    )
    return server.id


def _fill(server: Server, form: ServerForm) -> None:
    for column in COLUMNS:
        if column != "base_url":
            setattr(server, column, getattr(form, column))
    if server.base_url != form.base_url.rstrip("/"):
        server.is_guarded = form.is_companys
    server.base_url = form.base_url.rstrip("/")
    server.nameservers = list(form.nameservers)
    server.pool = _pool(form)
    server.licence_seen_at = None
    if form.token:
        seal(server, "token", form.token)


def _pool(form: ServerForm) -> Pool:
    pool, _is_new = Pool.objects.get_or_create(
        name=form.pool or form.region or "padrão",
        defaults={"region": form.region, "strategy": form.strategy},
    )
    if (pool.region, pool.strategy) != (form.region, form.strategy):
        pool.describe(region=form.region, strategy=form.strategy)
    return pool


def _save(server: Server) -> None:
    try:
        with django_transaction.atomic():
            server.save()
    except IntegrityError as clash:
        if "hosting_server_name_per_tenant" in str(clash):
            raise ServerNameTaken from clash
        raise


def _check(form: ServerForm) -> None:
    _check_base_url(form.base_url)
    if form.max_accounts < 1:
        raise BadServer("max_accounts", _("Informe quantas contas cabem no servidor."))
    if not 1 <= form.max_concurrent <= 20:  # noqa: PLR2004 - beyond it cPanel only queues
        raise BadServer("max_concurrent", _("Use de 1 a 20 chamadas ao mesmo tempo."))
    if not form.name.strip():
        raise BadServer("name", _("Informe o nome do servidor."))
    if form.ca_pem and PEM_MARK not in form.ca_pem:
        raise BadServer("ca_pem", _("Cole o certificado no formato PEM."))
    _check_host("hostname", form.hostname)
    for nameserver in form.nameservers:
        _check_host("nameservers", nameserver)
    _check_ip(form.ip)


def _check_base_url(typed: str) -> None:
    try:
        address = urlsplit(typed)
        host, _port = address.hostname, address.port
    except ValueError:
        raise BadServer("base_url", USE_HTTPS) from None
    if address.scheme != "https" or not host or address.username or address.password:
        raise BadServer("base_url", USE_HTTPS)
    if address.query or address.fragment or address.path.strip("/"):
        raise BadServer("base_url", _("Informe só o endereço, sem caminho."))
    _check_host("base_url", host)


def _check_public(base_url: str) -> None:
    """What a company types leads to the public Internet. The way itself looks again at each call."""
    try:
        safe_http.check_url(base_url, policy=way_to(base_url=base_url))
    except Refusal:
        raise BadServer("base_url", NOT_PUBLIC) from None


def _check_host(field: str, typed: str) -> None:
    fault = rules.host_fault(typed, may_be_here=settings.SERVERS_MAY_BE_HERE)
    if fault:
        raise BadServer(field, FAULTS[fault])


def _check_ip(ip: str) -> None:
    try:
        ip_address(ip)
    except ValueError:
        raise BadServer("ip", _("Informe o endereço IP do servidor.")) from None
    _check_host("ip", ip)


def _shown(server: Server) -> dict[str, object]:
    """What the audit may know: never the token."""
    shown: Mapping[str, object] = {c: getattr(server, c) for c in COLUMNS if c != "ca_pem"}
    return {**shown, "nameservers": list(server.nameservers), "pinned": bool(server.ca_pem)}
