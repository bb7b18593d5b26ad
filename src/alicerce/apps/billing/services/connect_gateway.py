"""Connect accounts at payment providers."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.errors import GatewayIncomplete
from alicerce.apps.billing.events import GatewayConnected
from alicerce.apps.billing.models import GatewayAccount
from alicerce.apps.billing.ports import Gateway
from alicerce.apps.billing.queries.gateways import hook_path, token_hash
from alicerce.apps.billing.services.providers import open_gateway
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

NEEDED = {
    GatewayKind.PIX: {"client_id", "client_secret", "client_cert_pem", "client_key_pem"},
    GatewayKind.STRIPE: {"secret_key"},
}
NEEDED_SETTINGS: dict[GatewayKind, set[str]] = {
    GatewayKind.PIX: {"pix_key"},
    GatewayKind.STRIPE: set(),
}


@transaction()
def connect_gateway(
    *,
    kind: GatewayKind,
    name: str,
    livemode: bool,
    base_url: str,
    credentials: Mapping[str, Any],
    settings: Mapping[str, Any],
    at: datetime,
    token_url: str = "",
) -> UUID:
    """Connect an account. The address it posts to holds a secret of its own. Raises GatewayIncomplete."""
    if NEEDED[kind] - credentials.keys() or NEEDED_SETTINGS[kind] - settings.keys():
        raise GatewayIncomplete
    token = token_urlsafe(32)
    account = GatewayAccount(
        kind=kind,
        name=name,
        livemode=livemode,
        base_url=base_url,
        token_url=token_url,
        settings=dict(settings),
        hook_hash=token_hash(token),
        connected_at=at,
        reconciled_at=at,
    )
    account.keep({**credentials, "hook_token": token})
    account.save(force_insert=True)
    _record(account, "gateway.connected", at=at)
    publish(GatewayConnected(at=at, account_id=account.id))
    return UUID(str(account.id))


@transaction()
def rotate_credentials(*, account_id: UUID, changes: Mapping[str, Any], at: datetime) -> None:
    """Replace some of an account's secrets; the others, and its address, stay."""
    account = GatewayAccount.objects.lock(account_id)
    account.keep({**account.secrets(), **changes})
    account.save(update_fields=["credentials"])
    _record(account, "gateway.credentials_rotated", at=at)


def register_hook(*, account_id: UUID, at: datetime) -> None:
    """Tell the provider where to post, once the tenant has an address. Safe to repeat."""
    gateway, url = _hook(account_id)
    if url:
        _registered(account_id, gateway.register_hook(url), at=at)


@transaction()
def _hook(account_id: UUID) -> tuple[Gateway, str]:
    """No address where there is none yet, or where events come to the platform's."""
    base_url = tenancy.tenant_card().base_url.rstrip("/")
    if GatewayAccount.objects.get(pk=account_id).is_connected():
        base_url = ""
    url = base_url + hook_path(account_id) if base_url else ""
    return open_gateway(account_id=account_id), url


@transaction()
def _registered(account_id: UUID, secret: str, *, at: datetime) -> None:
    account = GatewayAccount.objects.lock(account_id)
    if secret:
        known = account.secrets()
        others = [old for old in known.get("webhook_secrets", ()) if old != secret]
        account.keep({**known, "webhook_secrets": [secret, *others]})
        account.save(update_fields=["credentials"])
    account.hook_registered(at=at)
    _record(account, "gateway.hook_registered", at=at)


def _record(account: GatewayAccount, action: str, *, at: datetime) -> None:
    audit.record(
        action=action,
        entity="gateway",
        entity_id=account.id,
        after={"kind": account.kind, "name": account.name, "livemode": account.livemode},
        at=at,
    )
