"""Accounts at providers: which there are, and whose a hook's token is."""

import json
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection

from alicerce.apps.billing.models import GatewayAccount, Merchant
from alicerce.apps.billing.ports import GatewayConfig
from alicerce.apps.billing.rules.charging import KIND_OF
from alicerce.apps.billing.rules.connecting import MOST_FEE
from alicerce.apps.billing.types import GatewayKind, GatewayView, HookAccount, PaymentMethod
from alicerce.apps.billing.types.connecting import MerchantState
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction

FIND = "select tenant_id, account_id, kind from gateway_account_of(%s)"


def accounts() -> list[GatewayView]:
    return [account.view() for account in GatewayAccount.objects.order_by("kind", "name")]


def charging_accounts() -> list[UUID]:
    """Those at which new charges are made."""
    return list(GatewayAccount.objects.enabled().values_list("id", flat=True))


def read_accounts() -> list[GatewayView]:
    """Those whose money is still read: also one that its provider lets charge no more for now."""
    held = Merchant.objects.filter(state=MerchantState.RESTRICTED).exclude(account_id=None)
    also = set(held.values_list("account_id", flat=True))
    return [account for account in accounts() if account.enabled or account.id in also]


def is_under_platform(account_id: UUID | None) -> bool:
    """Whether what it is paid leaves the platform its part. None is no account: paid by hand."""
    if account_id is None:
        return False
    under = GatewayAccount.objects.filter(pk=account_id, settings__has_key="connected")
    return bool(under.exists())


def token_hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def hook_account(*, token: str, kind: GatewayKind) -> HookAccount | None:
    """Whose hook this is, asked before any tenant is known. Disabled accounts have none."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [token_hash(token)])
        row = cursor.fetchone()
    if row is None or row[2] != kind:
        return None
    return HookAccount(tenant_id=row[0], account_id=row[1], kind=kind)


def hook_secrets(account_id: UUID) -> tuple[list[str], bool]:
    """The signing secrets that are good now, and whether real money moves there."""
    account = GatewayAccount.objects.get(pk=account_id)
    return list(account.secrets().get("webhook_secrets", ())), account.livemode


def hook_settings(account_id: UUID) -> dict[str, Any]:
    return dict(GatewayAccount.objects.get(pk=account_id).settings)


def hook_path(account_id: UUID) -> str:
    """Where the provider posts, below the tenant's address."""
    account = GatewayAccount.objects.get(pk=account_id)
    end = "" if account.kind == GatewayKind.PIX else "/"  # a PSP appends "/pix" by itself
    return f"/hooks/{account.kind}/{account.secrets()['hook_token']}{end}"


def enabled_gateway(account_id: UUID) -> tuple[GatewayKind, GatewayConfig] | None:
    """How an account's provider is reached; None when it is switched off."""
    account = GatewayAccount.objects.filter(pk=account_id, enabled=True).first()
    return (GatewayKind(account.kind), config_of(account)) if account else None


def config_of(account: GatewayAccount) -> GatewayConfig:
    """What an adapter needs to reach the provider. Secrets in the clear: it lives in memory only."""
    return GatewayConfig(
        tenant_id=account.tenant_id,
        account_id=account.id,
        livemode=account.livemode,
        base_url=account.base_url,
        token_url=account.token_url,
        settings=json.dumps(account.settings, sort_keys=True),
        credentials=json.dumps(_credentials(account), sort_keys=True),
    )


def _credentials(account: GatewayAccount) -> dict[str, Any]:
    """Its own; under the platform's account the platform's key, and in whose name it is used."""
    if not account.is_connected():
        return account.secrets()
    said = account.settings["connected"]
    return {
        "secret_key": platform_key(UUID(said["platform_account"])),
        "behalf": {
            "account": said["account"],
            "fee_basis_points": said["fee_basis_points"],
            "fee_fixed_cents": said.get("fee_fixed_cents", 0),
            "fee_most_basis_points": MOST_FEE,
            "gives_fee_back": said["gives_fee_back"],
        },
    }


def platform_key(account_id: UUID) -> str:
    """Of the platform's own account: read as the platform, and shown to nobody."""
    with acting(tenant_id=tenancy.root_tenant()), transaction(shared=True):
        key: str = GatewayAccount.objects.get(pk=account_id).secrets()["secret_key"]
        return key


def gateway_config(account_id: UUID) -> GatewayConfig:
    """How the account is reached; for adapters, and never kept. Raises GatewayAccount.DoesNotExist."""
    return config_of(GatewayAccount.objects.get(pk=account_id))


def automatic_account() -> GatewayView | None:
    """Where debits are authorised: the account for Pix connected last, when its provider has them."""
    account = GatewayAccount.objects.latest_of(KIND_OF[PaymentMethod.PIX])
    return account.view() if account and account.has_automatic() else None


def card_account() -> GatewayView | None:
    """Where cards are kept and charged: the account for cards that was connected last."""
    account = GatewayAccount.objects.latest_of(KIND_OF[PaymentMethod.CARD])
    return account.view() if account else None
