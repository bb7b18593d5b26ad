"""The accounts through which a company is paid, as programs read them."""

from uuid import UUID

from alicerce.apps.billing.errors import NoSuchGateway
from alicerce.apps.billing.models import GatewayAccount, Merchant
from alicerce.apps.billing.types.connecting import MerchantState
from alicerce.kernel.rest.answers import Row


def payment_account_rows() -> list[Row]:
    """All of them, in the order in which they were opened: they are few."""
    return _rows(list(GatewayAccount.objects.order_by("id")))


def payment_account_row(account_id: UUID) -> Row:
    """Raises NoSuchGateway."""
    found = _rows(list(GatewayAccount.objects.filter(pk=account_id)))
    if not found:
        raise NoSuchGateway
    return found[0]


def _rows(accounts: list[GatewayAccount]) -> list[Row]:
    own = Merchant.objects.filter(account_id__in=[one.id for one in accounts])
    merchants = {one.account_id: one for one in own}
    return [_row(one, merchants.get(one.id)) for one in accounts]


def _row(account: GatewayAccount, merchant: Merchant | None) -> Row:
    return {
        "object": "payment_account",
        "id": account.id,
        "kind": account.kind,
        "name": account.name,
        "livemode": account.livemode,
        "enabled": account.enabled,
        "connected_at": account.connected_at,
        "read_until": account.reconciled_at,
        "connect": _connect(merchant) if merchant else None,
    }


def _connect(found: Merchant) -> Row:
    return {
        "id": found.id,
        "external_id": found.external_id,
        "status": found.state,
        "charges_enabled": found.state == MerchantState.ENABLED,
        "payouts_enabled": found.can_pay_out,
        "requirements_due": list(found.due),
        "requirements_due_by": found.due_by,
        "disabled_reason": found.disabled_reason or None,
        "since": found.changed_at,
        "checked_at": found.checked_at,
        "disconnected_by": found.ended_by or None,
        "fee_basis_points": found.fee_basis_points,
        "fee_fixed_cents": found.fee_fixed_cents,
        "gives_fee_back": found.gives_fee_back,
    }
