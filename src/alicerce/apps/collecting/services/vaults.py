"""The provider that keeps cards behind an account."""

from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.collecting.ports import Vault, vaults
from alicerce.kernel.db import transaction


@transaction(shared=True)
def open_vault(*, account_id: UUID) -> Vault:
    """Reached as the current tenant."""
    return vaults[GatewayKind.STRIPE](billing.gateway_config(account_id))
