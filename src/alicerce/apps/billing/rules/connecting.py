"""What an account is, by what its provider says of it."""

from alicerce.apps.billing.types.connecting import MerchantState, MerchantTold

MOST_FEE = 3_000
"""Basis points: nobody's business leaves a third of each payment to whoever carries it."""


MOST_FIXED_CENTS = 1_000


def state_of(told: MerchantTold | None) -> MerchantState:
    """None where the provider gives us no access any more."""
    if told is None:
        return MerchantState.DISCONNECTED
    if told.can_charge:
        return MerchantState.ENABLED
    return MerchantState.RESTRICTED if told.has_told_all else MerchantState.PENDING
