"""Whoever is erased here is erased where their cards are kept, and debited by no bank."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from alicerce.apps.collecting.events import MandateUnwanted, PayerUnwanted
from alicerce.apps.collecting.models import Card, Debit, Mandate, Payer
from alicerce.apps.collecting.ports import Vault
from alicerce.apps.collecting.services.revoke_mandate import SOON
from alicerce.apps.collecting.services.vaults import open_vault
from alicerce.apps.collecting.types import DebitReason, DebitStatus, EndedBy, MandateStatus
from alicerce.kernel import locks
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction(shared=True)
def give_up_payers(*, customer_ids: Collection[UUID], at: datetime) -> None:
    """Charge no card of theirs any more, nor their bank; the providers are told soon. Safe to repeat.

    Nothing that names the customer is published or written down: they are being erased (LGPD, art. 18, VI).
    """
    for customer_id in sorted(customer_ids):
        locks.hold(f"cards:{customer_id}")
    for card in Card.objects.kept().filter(customer_id__in=customer_ids):
        card.remove(at=at)
    for payer in Payer.objects.filter(customer_id__in=customer_ids):
        if payer.give_up(at=at):
            publish(PayerUnwanted(at=at, payer_id=payer.id))
    live = Mandate.objects.live().filter(customer_id__in=customer_ids)
    for mandate in live.select_for_update(of=("self",)).order_by("id"):
        _give_up_mandate(mandate, at=at)


def _give_up_mandate(mandate: Mandate, *, at: datetime) -> None:
    """Its PSP is told by the job that hears of it, and asked until it agrees. No letter: nobody is left to read it."""
    if not mandate.end(MandateStatus.ENDED, at=at, by=EndedBy.CUSTOMER):
        return
    for debit in Debit.objects.filter(mandate_id=mandate.id, status=DebitStatus.PLANNED):
        debit.end(DebitStatus.DROPPED, at=at, reason=DebitReason.MANDATE_OVER)
    if mandate.external_id:
        mandate.want_no_more(look_at=at + SOON)
        publish(MandateUnwanted(at=at, mandate_id=mandate.id))


def forget_payer(*, payer_id: UUID) -> None:
    """Have the provider know them no more. Safe to repeat. Raises Unavailable or Unknown."""
    name, vault = _unwanted(payer_id)
    vault.forget_payer(name)


@transaction()
def _unwanted(payer_id: UUID) -> tuple[str, Vault]:
    payer = Payer.objects.get(pk=payer_id)
    return payer.external_id, open_vault(account_id=payer.account_id)
