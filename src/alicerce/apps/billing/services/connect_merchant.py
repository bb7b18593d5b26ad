"""A company's own account under the platform's: asked for here, opened by a job, and kept as it is told."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.errors import ConnectNotOffered, NoSuchGateway
from alicerce.apps.billing.events import (
    GatewayConnected,
    MerchantAsked,
    MerchantChanged,
    MerchantLookDue,
)
from alicerce.apps.billing.models import GatewayAccount, Merchant, Notice
from alicerce.apps.billing.ports import Connector, connectors
from alicerce.apps.billing.queries.connecting import merchant_of_account, offers_to_companies
from alicerce.apps.billing.queries.gateways import gateway_config, token_hash
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.billing.types.connecting import (
    LinkStatus,
    MerchantState,
    MerchantTold,
    OfferView,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel import locks
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Refusal


@dataclass(frozen=True, slots=True)
class Prepared:
    merchant: Merchant
    connector: Connector
    first_try: bool


@dataclass(frozen=True, slots=True)
class Before:
    """What an account could do before its provider was asked again."""

    state: str
    could_pay_out: bool

    def was_better_than(self, merchant: Merchant) -> bool:
        """Whether somebody has to be told: it charges no more, or its money stays where it is."""
        stands = merchant.state in {self.state, MerchantState.ENABLED}
        held = self.could_pay_out and not merchant.can_pay_out
        return held or not stands


@transaction()
def ask_onboarding(*, account_id: UUID, return_url: str, at: datetime) -> UUID:
    """Ask for the provider's page, for the account that there is or for a new one. Raises ConnectNotOffered."""
    offer = next((one for one in offers_to_companies() if one.account_id == account_id), None)
    if offer is None or tenancy.tenant_card().is_root:
        raise ConnectNotOffered
    locks.hold(f"merchant:{tenancy.tenant_card().id}")
    live = Merchant.objects.exclude(state=MerchantState.DISCONNECTED)
    found = live.filter(livemode=offer.livemode).first()
    merchant = found or _begin(offer, at=at)
    merchant.ask_link(return_url)
    publish(MerchantAsked(at=at, merchant_id=merchant.id))
    return UUID(str(merchant.id))


def open_onboarding(*, merchant_id: UUID, at: datetime) -> None:
    """Safe to repeat: an account whose making nobody knows of is looked for before it is asked for again.

    Raises Unavailable or Unknown: again later.
    """
    prepared = _prepare(merchant_id, at=at)
    if prepared is None:
        return
    try:
        external_id = prepared.merchant.external_id or _open_account(prepared, at=at)
        url = prepared.connector.open_link(external_id, prepared.merchant.return_url)
    except Refusal:
        url = ""
    _link_opened(merchant_id, url)


@transaction()
def look_again(*, at: datetime) -> None:
    """They came back: what they did is asked, whether or not an event tells of it."""
    live = Merchant.objects.exclude(state=MerchantState.DISCONNECTED).exclude(external_id="")
    for merchant_id in live.values_list("id", flat=True):
        publish(MerchantLookDue(at=at, merchant_id=merchant_id))


def look_at_merchant(*, merchant_id: UUID, at: datetime) -> None:
    """Ask the provider what became of the account. Raises Unavailable, Unknown or Refusal."""
    with transaction():
        merchant = Merchant.objects.get(pk=merchant_id)
        connector = _connector(merchant)
    if merchant.external_id and merchant.state != MerchantState.DISCONNECTED:
        _learn(merchant_id, connector.ask(merchant.external_id), at=at)


def follow_connect_notice(*, notice_id: UUID, at: datetime) -> None:
    """An event is a hint: the account it speaks of is asked."""
    with transaction():
        notice = Notice.objects.get(pk=notice_id)
        merchant_id = merchant_of_account(notice.account_id)
    if merchant_id:
        look_at_merchant(merchant_id=merchant_id, at=at)


@transaction()
def disconnect_merchant(*, merchant_id: UUID, at: datetime) -> bool:
    """Charge there no more. The account stays its owner's, at the provider. False when it was so."""
    merchant = Merchant.objects.select_for_update().filter(pk=merchant_id).first()
    if merchant is None:
        raise NoSuchGateway
    if not merchant.disconnect(at=at):
        return False
    _switch(merchant, enabled=False)
    _record(merchant, "merchant.disconnected", at=at)
    _say(merchant, is_worse=True, at=at)
    return True


@transaction(shared=True)
def _begin(offer: OfferView, *, at: datetime) -> Merchant:
    merchant: Merchant = Merchant.objects.create(
        platform_account_id=offer.account_id,
        livemode=offer.livemode,
        fee_basis_points=offer.terms.fee_basis_points,
        fee_fixed_cents=offer.terms.fee_fixed_cents,
        gives_fee_back=offer.terms.gives_fee_back,
        asked_at=at,
    )
    _record(merchant, "merchant.asked", at=at)
    return merchant


@transaction()
def _prepare(merchant_id: UUID, *, at: datetime) -> Prepared | None:
    """That a try begins is on record before it does."""
    merchant = Merchant.objects.lock(merchant_id)
    if merchant.link_status != LinkStatus.ASKED:
        return None
    return Prepared(merchant, _connector(merchant), merchant.trying(at=at))


def _open_account(prepared: Prepared, *, at: datetime) -> str:
    merchant, connector, external_id = prepared.merchant, prepared.connector, ""
    if not prepared.first_try and merchant.tried_at:
        external_id = connector.find_account(merchant.id, merchant.tried_at)
    external_id = external_id or connector.open_account(merchant.id, merchant.tenant_id)
    return _opened(merchant.id, external_id, at=at)


@transaction()
def _opened(merchant_id: UUID, external_id: str, *, at: datetime) -> str:
    """It has an account of ours from now on, which is switched on once the provider lets it charge."""
    merchant = Merchant.objects.lock(merchant_id)
    if merchant.external_id:
        return str(merchant.external_id)
    merchant.opened(external_id, _new_account(merchant, external_id, at=at))
    _record(merchant, "merchant.opened", at=at)
    return external_id


def _new_account(merchant: Merchant, external_id: str, *, at: datetime) -> GatewayAccount:
    token = token_urlsafe(32)
    account = GatewayAccount(
        kind=GatewayKind.STRIPE,
        name=f"Stripe Connect {str(merchant.id)[-6:]}",
        enabled=False,
        livemode=merchant.livemode,
        base_url=_platform_base_url(merchant),
        settings={
            "connected": {
                "account": external_id,
                "platform_account": str(merchant.platform_account_id),
                "fee_basis_points": merchant.fee_basis_points,
                "fee_fixed_cents": merchant.fee_fixed_cents,
                "gives_fee_back": merchant.gives_fee_back,
            }
        },
        hook_hash=token_hash(token),
        connected_at=at,
        reconciled_at=at,
    )
    account.keep({"hook_token": token})
    account.save(force_insert=True)
    return account


@transaction()
def _link_opened(merchant_id: UUID, url: str) -> None:
    Merchant.objects.lock(merchant_id).link_opened(url)


@transaction()
def _learn(merchant_id: UUID, told: MerchantTold | None, *, at: datetime) -> None:
    merchant = Merchant.objects.lock(merchant_id)
    if merchant.state == MerchantState.DISCONNECTED:
        return
    before = Before(merchant.state, merchant.can_pay_out)
    if not merchant.learn(told, at=at):
        return
    is_enabled = merchant.state == MerchantState.ENABLED
    was_switched = _switch(merchant, enabled=is_enabled)
    _record(merchant, "merchant.changed", at=at)
    _say(
        merchant,
        is_worse=before.was_better_than(merchant),
        resumed=was_switched and is_enabled,
        at=at,
    )
    if was_switched and is_enabled and merchant.account_id:
        publish(GatewayConnected(at=at, account_id=merchant.account_id))


def _switch(merchant: Merchant, *, enabled: bool) -> bool:
    if merchant.account_id is None:
        return False
    account = GatewayAccount.objects.lock(merchant.account_id)
    return bool(account.switch(enabled=enabled))


def _connector(merchant: Merchant) -> Connector:
    with acting(tenant_id=tenancy.root_tenant()), transaction(shared=True):
        config = gateway_config(merchant.platform_account_id)
    return connectors[GatewayKind.STRIPE](config)


def _platform_base_url(merchant: Merchant) -> str:
    with acting(tenant_id=tenancy.root_tenant()), transaction(shared=True):
        return str(GatewayAccount.objects.get(pk=merchant.platform_account_id).base_url)


def _say(merchant: Merchant, *, is_worse: bool, at: datetime, resumed: bool = False) -> None:
    publish(
        MerchantChanged(
            at=at,
            merchant_id=merchant.id,
            account_id=merchant.account_id,
            state=merchant.state,
            can_charge=merchant.state == MerchantState.ENABLED,
            can_pay_out=merchant.can_pay_out,
            is_worse=is_worse,
            resumed=resumed,
        )
    )


def _record(merchant: Merchant, action: str, *, at: datetime) -> None:
    audit.record(
        action=action,
        entity="merchant",
        entity_id=merchant.id,
        after={
            "external_id": merchant.external_id,
            "state": merchant.state,
            "livemode": merchant.livemode,
            "can_pay_out": merchant.can_pay_out,
            "due": merchant.due,
            "fee_basis_points": merchant.fee_basis_points,
            "fee_fixed_cents": merchant.fee_fixed_cents,
        },
        at=at,
    )
