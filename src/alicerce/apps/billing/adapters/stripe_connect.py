"""The platform's account at Stripe, under which companies have theirs (Connect)."""

from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from alicerce.apps.billing.adapters.stripe_events import ASKED
from alicerce.apps.billing.ports import GatewayConfig
from alicerce.apps.billing.types.connecting import MerchantTold
from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.connect import ConnectedAccount
from alicerce.vendors.stripe.opening import open_client
from alicerce.vendors.stripe.outcomes import StripeRefusal

COUNTRY = "BR"
ACCOUNT_EVENTS = ("account.updated", "account.application.deauthorized")
NO_ACCESS, NOT_FOUND = "account_invalid", 404
"""Not any 403: a platform's key that may not ask says nothing of the account."""
SKEW = timedelta(minutes=10)
"""By which Stripe's clock and ours may differ."""


class StripeConnector:
    def __init__(self, client: StripeClient) -> None:
        self._client = client

    def open_account(self, merchant_id: UUID, tenant_id: UUID) -> str:
        """Its owner says the rest on Stripe's own page: nothing that could change is sent along."""
        made = self._client.create_account(
            country=COUNTRY,
            email="",
            metadata={"merchant": str(merchant_id), "tenant": str(tenant_id)},
            idempotency_key=f"merchant:{merchant_id}",
        )
        return made.id

    def find_account(self, merchant_id: UUID, since: datetime) -> str:
        every = self._client.list_accounts(created_gte=since - SKEW)
        own = (one.id for one in every if one.metadata.get("merchant") == str(merchant_id))
        return next(own, "")

    def open_link(self, external_id: str, return_url: str) -> str:
        link = self._client.create_account_link(
            external_id, refresh_url=f"{return_url}?venceu=1", return_url=return_url
        )
        return link.url

    def ask(self, external_id: str) -> MerchantTold | None:
        try:
            return _told(self._client.get_account(external_id))
        except StripeRefusal as refusal:
            if refusal.code == NO_ACCESS or refusal.status == NOT_FOUND:
                return None
            raise

    def register_hook(self, url: str) -> str:
        """Stripe tells the signing secret only in its first answer: the same key repeats that answer."""
        return self._client.watch(
            url,
            events=sorted({*ASKED, *ACCOUNT_EVENTS}),
            idempotency_key=f"connect-hook-{url}",
            connect=True,
        )


def _told(said: ConnectedAccount) -> MerchantTold:
    return MerchantTold(
        external_id=said.id,
        can_charge=said.charges_enabled,
        has_told_all=said.details_submitted,
        due=said.due,
        disabled_reason=said.disabled_reason,
        can_pay_out=said.payouts_enabled,
        due_by=said.due_by,
    )


@lru_cache(maxsize=8)
def open_stripe_connector(config: GatewayConfig) -> StripeConnector:
    """One client per account and process: it keeps its connections."""
    return StripeConnector(open_client(config.credentials, base_url=config.base_url))
