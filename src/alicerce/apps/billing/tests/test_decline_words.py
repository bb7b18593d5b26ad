"""A refused card is told in words, and so is what to do about it."""

import pytest
from django.utils import translation

from alicerce.apps.billing.queries.decline_words import (
    decline_advice,
    decline_words,
    error_words,
)

DOCUMENTED = [
    "authentication_not_handled",
    "authentication_required",
    "approve_with_id",
    "call_issuer",
    "card_not_supported",
    "card_velocity_exceeded",
    "currency_not_supported",
    "do_not_honor",
    "do_not_try_again",
    "duplicate_transaction",
    "expired_card",
    "fraudulent",
    "generic_decline",
    "incorrect_address",
    "incorrect_cvc",
    "incorrect_number",
    "incorrect_pin",
    "incorrect_zip",
    "insufficient_funds",
    "invalid_account",
    "invalid_amount",
    "invalid_cvc",
    "invalid_expiry_month",
    "invalid_expiry_year",
    "invalid_number",
    "invalid_pin",
    "issuer_not_available",
    "lost_card",
    "merchant_blacklist",
    "mobile_device_authentication_required",
    "new_account_information_available",
    "no_action_taken",
    "not_permitted",
    "offline_pin_required",
    "online_or_offline_pin_required",
    "pickup_card",
    "pin_try_exceeded",
    "processing_error",
    "reenter_transaction",
    "restricted_card",
    "revocation_of_all_authorizations",
    "revocation_of_authorization",
    "security_violation",
    "service_not_allowed",
    "stolen_card",
    "stop_payment_order",
    "testmode_decline",
    "transaction_not_allowed",
    "try_again_later",
    "withdrawal_count_limit_exceeded",
]
"""https://docs.stripe.com/declines/codes, those of cards."""


@pytest.mark.parametrize("language", ["pt-br", "en"])
def test_every_documented_code_says_why_and_what_to_do(language):
    with translation.override(language):
        told = {code: (decline_words(code), decline_advice(code)) for code in DOCUMENTED}

    assert all(why and then and "_" not in why + then for why, then in told.values())
    assert told["stolen_card"] == told["generic_decline"], "who holds it may be the thief"


def test_an_error_of_a_charge_is_no_code():
    with translation.override("pt-br"):
        told = [
            error_words(f"insufficient_funds{rest}") for rest in ("", ":try_again_later", " x")
        ]

        assert set(told) == {
            "Sem limite. Libere limite no banco, use outro cartão ou tente outro dia."
        }
        assert error_words("Chave Pix inválida") == "Chave Pix inválida"
        assert error_words("") == ""
