"""What a provider's word for a refused card means for the next attempt."""

from alicerce.apps.collecting.types import Decline

OWNER_WANTED = frozenset(
    {
        "authentication_not_handled",
        "authentication_required",
        "offline_pin_required",
        "online_or_offline_pin_required",
        "requires_action",
    }
)
HARD = frozenset(
    {
        "call_issuer",
        "card_not_supported",
        "currency_not_supported",
        "do_not_honor",
        "do_not_try_again",
        "expired_card",
        "fraudulent",
        "highest_risk_level",
        "incorrect_cvc",
        "incorrect_number",
        "incorrect_zip",
        "invalid_account",
        "invalid_cvc",
        "invalid_expiry_month",
        "invalid_expiry_year",
        "invalid_number",
        "lost_card",
        "merchant_blacklist",
        "new_account_information_available",
        "no_action_taken",
        "not_permitted",
        "pickup_card",
        "resource_missing",
        "restricted_card",
        "revocation_of_all_authorizations",
        "revocation_of_authorization",
        "security_violation",
        "service_not_allowed",
        "stolen_card",
        "stop_payment_order",
        "testmode_decline",
        "transaction_not_allowed",
    }
)
"""Stripe's decline codes after which the same card does not do, however long one waits."""
ADVICE = {
    "confirm_card_data": Decline.HARD,
    "do_not_try_again": Decline.HARD,
    "try_again_later": Decline.SOFT,
}
"""What the network itself says, where it says anything, counts for more than our reading of a code."""


def read_reason(error: str) -> tuple[str, Decline]:
    """The code in a charge's error, `code` or `code:advice`, and what it asks for."""
    word = error.split(maxsplit=1)[0] if error.strip() else "unknown"
    code, _, advice = word.partition(":")
    if code in OWNER_WANTED:
        return code, Decline.OWNER
    return code, ADVICE.get(advice, Decline.HARD if code in HARD else Decline.SOFT)
