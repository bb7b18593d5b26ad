"""What the platform offers at its provider, and whose an account under it is."""

from collections.abc import Sequence
from uuid import UUID

from alicerce.apps.billing.models import ConnectOffer, GatewayAccount, Merchant
from alicerce.apps.billing.types import GatewayKind, GatewayView, HookAccount
from alicerce.apps.billing.types.connecting import MerchantState, MerchantView, OfferView
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import as_operator, transaction
from alicerce.kernel.ids import rehearses

FEW = 20


def offers_to_companies() -> list[OfferView]:
    """Those that are open now, read as the platform; real money last, and never in a sandbox."""
    here = tenancy.tenant_card().id
    with acting(tenant_id=tenancy.root_tenant()), transaction(shared=True):
        found = ConnectOffer.objects.filter(is_open=True, account__enabled=True)
        views = [offer.view() for offer in found.select_related("account")]
    offered = [one for one in views if not (one.livemode and rehearses(here))]
    return sorted(offered, key=lambda offer: offer.livemode)


def own_offers() -> dict[UUID, OfferView]:
    """Of each of the platform's accounts."""
    found = ConnectOffer.objects.select_related("account")
    return {offer.account_id: offer.view() for offer in found}


def own_stripe_accounts() -> list[GatewayView]:
    found = GatewayAccount.objects.filter(kind=GatewayKind.STRIPE).order_by("name")
    return [one.view() for one in found if not one.is_connected()]


def merchants() -> list[MerchantView]:
    """The company's own, as they are now; what was disconnected is history."""
    live = Merchant.objects.exclude(state=MerchantState.DISCONNECTED)
    return [one.view() for one in live.order_by("livemode", "id")]


def ended_merchants() -> list[MerchantView]:
    """In each mode the account that was lost last, where no other took its place."""
    live = Merchant.objects.exclude(state=MerchantState.DISCONNECTED)
    modes = set(live.values_list("livemode", flat=True))
    gone = Merchant.objects.filter(state=MerchantState.DISCONNECTED).exclude(external_id="")
    found: dict[bool, MerchantView] = {}
    for one in gone.exclude(livemode__in=modes).order_by("-id")[:FEW]:
        found.setdefault(one.livemode, one.view())
    return list(found.values())


def was_ever_connected() -> bool:
    return bool(Merchant.objects.exclude(external_id="").exists())


def merchant(merchant_id: UUID) -> MerchantView | None:
    found = Merchant.objects.filter(pk=merchant_id).first()
    return found.view() if found else None


def merchant_of_account(account_id: UUID) -> UUID | None:
    found = Merchant.objects.exclude(state=MerchantState.DISCONNECTED)
    return found.filter(account_id=account_id).values_list("id", flat=True).first()


def connected_hook(*, external_id: str, platform_account_id: UUID) -> HookAccount | None:
    """Whose an account under the platform's is, asked before any company is known. Of two it is nobody's."""
    if not external_id:
        return None
    with as_operator():
        live = Merchant.objects.exclude(state=MerchantState.DISCONNECTED)
        own = live.filter(external_id=external_id, platform_account_id=platform_account_id)
        rows = list(own.values_list("tenant_id", "account_id")[:2])
    if len(rows) != 1:
        return None
    [(tenant_id, account_id)] = rows
    return HookAccount(tenant_id=tenant_id, account_id=account_id, kind=GatewayKind.STRIPE)


def connect_secrets(account_id: UUID) -> tuple[list[str], bool]:
    """What events of connected accounts are signed with, and whether real money moves there."""
    account = GatewayAccount.objects.get(pk=account_id)
    return list(account.secrets().get("connect_secrets", ())), account.livemode


def merchants_to_look_at() -> Sequence[tuple[UUID, UUID]]:
    """Whose they are, and which."""
    with as_operator():
        live = Merchant.objects.exclude(state=MerchantState.DISCONNECTED)
        return list(live.exclude(external_id="").values_list("tenant_id", "id"))
