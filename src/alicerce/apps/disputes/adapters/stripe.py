"""Disputes of cards, at Stripe."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from alicerce.apps.billing.ports import GatewayConfig
from alicerce.apps.billing.types.contests import ContestMove
from alicerce.apps.disputes.ports import ProviderDispute
from alicerce.apps.disputes.types import DisputeStatus, Texts
from alicerce.kernel.http import Refusal
from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.disputes import Dispute
from alicerce.vendors.stripe.opening import open_client
from alicerce.vendors.stripe.outcomes import StripeRefusal
from alicerce.vendors.stripe.wire import Garbled, read_event

PREFIX = "charge.dispute."
NOT_FOUND = 404
STATUSES: Mapping[str, DisputeStatus] = {
    "warning_needs_response": DisputeStatus.EARLY_WARNING,
    "warning_under_review": DisputeStatus.EARLY_WARNING,
    "warning_closed": DisputeStatus.PREVENTED,
    "prevented": DisputeStatus.PREVENTED,
    "needs_response": DisputeStatus.NEEDS_RESPONSE,
    "under_review": DisputeStatus.UNDER_REVIEW,
    "appeal_needs_response": DisputeStatus.UNDER_REVIEW,
    "appeal_under_review": DisputeStatus.UNDER_REVIEW,
    "won": DisputeStatus.WON,
    "lost": DisputeStatus.LOST,
}


class StripeDesk:
    """An event is a hint: each dispute is fetched with its payment, whose marks say whose it is."""

    def __init__(self, client: StripeClient, *, tenant_id: UUID, livemode: bool) -> None:
        self._client = client
        self._tenant_id = tenant_id
        self._livemode = livemode

    def names_in(self, raw: bytes) -> tuple[str, ...]:
        try:
            hint = read_event(json.loads(raw))
        except (Garbled, ValueError):
            return ()
        is_one = hint.type.startswith(PREFIX) and hint.object_id
        return (hint.object_id,) if is_one else ()

    def names_since(self, since: datetime) -> Iterator[str]:
        return (found.id for found in self._client.list_disputes(created_gte=since))

    def read(self, name: str) -> ProviderDispute | None:
        try:
            found = self._client.get_dispute(name)
        except StripeRefusal as refusal:
            if refusal.status == NOT_FOUND:
                return None
            raise
        if found.livemode != self._livemode:
            raise Refusal("test mode and live mode do not mix")
        is_ours = found.metadata.get("tenant", str(self._tenant_id)) == str(self._tenant_id)
        return _told(found) if is_ours else None

    def submit(self, name: str, texts: Texts, *, key: str) -> ProviderDispute:
        return _told(self._client.submit_evidence(name, texts, idempotency_key=key))

    def accept(self, name: str, *, key: str) -> ProviderDispute:
        return _told(self._client.close_dispute(name, idempotency_key=key))


def _told(said: Dispute) -> ProviderDispute:
    if said.status not in STATUSES:
        raise Refusal(f"a dispute of an unknown status: {said.status[:40]}")
    return ProviderDispute(
        external_id=said.id,
        payment_reference=said.payment_intent or "",
        amount=said.amount,
        status=STATUSES[said.status],
        reason=said.reason[:40],
        opened_at=said.created,
        respond_by=said.due_by,
        submissions=said.submissions,
        moves=tuple(ContestMove(one.id, one.amount, one.fee) for one in said.moves),
    )


@lru_cache(maxsize=256)
def open_stripe_desk(config: GatewayConfig) -> StripeDesk:
    """One client per account and process: it keeps its connections."""
    client = open_client(config.credentials, base_url=config.base_url)
    return StripeDesk(client, tenant_id=config.tenant_id, livemode=config.livemode)
