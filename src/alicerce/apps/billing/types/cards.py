"""Cards kept at a provider, as far as a charge is concerned. Never a number."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CardUse:
    """How a charge by card is made: who pays, by their name at the provider, and with which card.

    With a card the charge needs nobody: it is made at once, while its owner is away. Without one the
    payer types it on the provider's page, and it is kept for later if they agreed.
    """

    payer: str = ""
    card: str = ""
    keeps: bool = False
    account_id: UUID | None = (
        None  # the account that keeps the card; the latest one when unsaid
    )


NO_CARD = CardUse()

ACCOUNT_GONE = "account_gone"
"""Why a charge ended at an account that the platform has no access to any more."""
NEVER_ARRIVED = "never_arrived"
"""Why a charge failed that nobody answered about, and that its provider has never seen."""
