"""The platform offers companies to be paid through its account, for a part of each payment."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.errors import ConnectFeeTooHigh, NoSuchGateway
from alicerce.apps.billing.events import ConnectOffered
from alicerce.apps.billing.models import ConnectOffer, GatewayAccount
from alicerce.apps.billing.ports import Connector, connectors
from alicerce.apps.billing.queries.gateways import config_of
from alicerce.apps.billing.rules.connecting import MOST_FEE, MOST_FIXED_CENTS
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.billing.types.connecting import ConnectTerms
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def offer_connect(*, account_id: UUID, terms: ConnectTerms, at: datetime) -> bool:
    """Said by the platform of an account of its own; holds for accounts that are opened from now on.

    Whether that was news. Raises NoSuchGateway or ConnectFeeTooHigh.
    """
    if terms.fee_basis_points > MOST_FEE or terms.fee_fixed_cents > MOST_FIXED_CENTS:
        raise ConnectFeeTooHigh
    account = GatewayAccount.objects.filter(pk=account_id, kind=GatewayKind.STRIPE).first()
    if account is None or account.is_connected() or not tenancy.tenant_card().is_root:
        raise NoSuchGateway
    offer, is_new = ConnectOffer.objects.get_or_create(account=account)
    before = offer.terms()
    if before == terms and not is_new:
        return False
    ConnectOffer.objects.filter(pk=offer.pk).update(**asdict(terms))
    audit.record(
        action="connect.offer_changed",
        entity="gateway",
        entity_id=account.id,
        before=asdict(before),
        after=asdict(terms),
        at=at,
    )
    if terms.is_open and offer.hook_registered_at is None:
        publish(ConnectOffered(at=at, account_id=account.id))
    return True


def register_connect_hook(*, account_id: UUID, at: datetime) -> None:
    """One address for the events of all accounts under the platform's. Safe to repeat."""
    connector, url = _hook(account_id)
    if url:
        _registered(account_id, connector.register_hook(url), at=at)


@transaction(shared=True)
def count_stray(*, account_id: UUID) -> None:
    """An event came of an account under ours that no company here has."""
    for offer in ConnectOffer.objects.filter(account_id=account_id):
        offer.count_stray()


@transaction()
def _hook(account_id: UUID) -> tuple[Connector, str]:
    account = GatewayAccount.objects.get(pk=account_id)
    base_url = tenancy.tenant_card().base_url.rstrip("/")
    url = f"{base_url}/hooks/connect/{account.secrets()['hook_token']}/" if base_url else ""
    return connectors[GatewayKind(account.kind)](config_of(account)), url


@transaction()
def _registered(account_id: UUID, secret: str, *, at: datetime) -> None:
    account = GatewayAccount.objects.lock(account_id)
    known = account.secrets()
    others = [old for old in known.get("connect_secrets", ()) if old != secret]
    account.keep({**known, "connect_secrets": [secret, *others]})
    account.save(update_fields=["credentials"])
    ConnectOffer.objects.get(account=account).hook_registered(at=at)
    audit.record(
        action="gateway.hook_registered", entity="gateway", entity_id=account.id, at=at
    )
