"""Whoever is erased here is erased where their cards are kept."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from alicerce.apps.collecting.events import PayerUnwanted
from alicerce.apps.collecting.models import Card, Payer
from alicerce.apps.collecting.ports import Vault
from alicerce.apps.collecting.services.vaults import open_vault
from alicerce.kernel import locks
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction(shared=True)
def give_up_payers(*, customer_ids: Collection[UUID], at: datetime) -> None:
    """Charge no card of theirs any more; the provider forgets them soon. Safe to repeat.

    Nothing that names the customer is published or written down: they are being erased (LGPD, art. 18, VI).
    """
    for customer_id in sorted(customer_ids):
        locks.hold(f"cards:{customer_id}")
    for card in Card.objects.kept().filter(customer_id__in=customer_ids):
        card.remove(at=at)
    for payer in Payer.objects.filter(customer_id__in=customer_ids):
        if payer.give_up(at=at):
            publish(PayerUnwanted(at=at, payer_id=payer.id))


def forget_payer(*, payer_id: UUID) -> None:
    """Have the provider know them no more. Safe to repeat. Raises Unavailable or Unknown."""
    name, vault = _unwanted(payer_id)
    vault.forget_payer(name)


@transaction()
def _unwanted(payer_id: UUID) -> tuple[str, Vault]:
    payer = Payer.objects.get(pk=payer_id)
    return payer.external_id, open_vault(account_id=payer.account_id)
