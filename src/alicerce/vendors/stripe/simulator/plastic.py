"""The test cards that people may type, as Stripe's own, and what their banks say."""

from dataclasses import dataclass

from alicerce.vendors.stripe.simulator.objects import Json


@dataclass(frozen=True, slots=True)
class Plastic:
    """A card. It may be refused when it is typed, or only when it is charged without its owner."""

    number: str
    brand: str = "visa"
    refused: str = ""
    declines: str = ""


GOOD = "4242424242424242"
DECLINES_LATER = "4000000000000341"
WANTS_ITS_OWNER = "4000002760003184"
CARDS = {
    card.number: card
    for card in (
        Plastic(GOOD),
        Plastic("5555555555554444", "mastercard"),
        Plastic(DECLINES_LATER, declines="generic_decline"),
        Plastic(WANTS_ITS_OWNER, declines="authentication_required"),
        Plastic("4000000000009995", refused="insufficient_funds"),
        Plastic("4000000000009979", refused="stolen_card"),
    )
}
"""By number. A real bank changes its mind about a card, too: `Vault.spoil`."""


def error_of(decline: str, *, advice: str = "") -> Json:
    """What Stripe says of a declined card."""
    wants_owner = decline == "authentication_required"
    code = decline if wants_owner or decline == "expired_card" else "card_declined"
    said = {
        "code": code,
        "decline_code": decline,
        "message": "Your card was declined.",
        "type": "card_error",
    }
    return said | ({"advice_code": advice} if advice else {})
