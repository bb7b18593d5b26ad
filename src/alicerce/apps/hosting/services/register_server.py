"""Add a server, or change one: what people typed is checked, the token is sealed, nobody is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError
from django.db import transaction as django_transaction
from django.utils.translation import gettext_lazy as _

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting.errors import BadServer, ServerNameTaken
from alicerce.apps.hosting.events import ServerCheckDue
from alicerce.apps.hosting.models import Pool, Server
from alicerce.apps.hosting.types import Strategy
from alicerce.kernel.crypto import seal
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

PEM_MARK = "-----BEGIN CERTIFICATE-----"
COLUMNS = (
    "name", "hostname", "base_url", "username", "ca_pem", "ip", "max_accounts", "max_concurrent"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ServerForm:
    """A server as typed. An empty token keeps the one that is stored."""

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
        setattr(server, column, getattr(form, column))
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
    address = urlsplit(form.base_url)
    if address.scheme != "https" or not address.hostname or address.username:
        raise BadServer("base_url", _("Use o endereço https:// do WHM, com a porta."))
    if address.query or address.path.strip("/"):
        raise BadServer("base_url", _("Informe só o endereço, sem caminho."))
    if form.max_accounts < 1:
        raise BadServer("max_accounts", _("Informe quantas contas cabem no servidor."))
    if not 1 <= form.max_concurrent <= 20:  # noqa: PLR2004 - beyond it cPanel only queues
        raise BadServer("max_concurrent", _("Use de 1 a 20 chamadas ao mesmo tempo."))
    if not form.name.strip() or not form.hostname.strip():
        raise BadServer("name", _("Informe o nome e o host do servidor."))
    if form.ca_pem and PEM_MARK not in form.ca_pem:
        raise BadServer("ca_pem", _("Cole o certificado no formato PEM."))
    _check_ip(form.ip)


def _check_ip(ip: str) -> None:
    try:
        ip_address(ip)
    except ValueError:
        raise BadServer("ip", _("Informe o endereço IP do servidor.")) from None


def _shown(server: Server) -> dict[str, object]:
    """What the audit may know: never the token."""
    shown: Mapping[str, object] = {c: getattr(server, c) for c in COLUMNS if c != "ca_pem"}
    return {**shown, "nameservers": list(server.nameservers), "pinned": bool(server.ca_pem)}
