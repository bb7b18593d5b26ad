"""What of a connected account's payments is its platform's, and goes back with a refund."""

from collections.abc import Mapping
from typing import Any

from alicerce.vendors.stripe.simulator.ledger import Ledger
from alicerce.vendors.stripe.simulator.objects import Json, new_id, seconds
from alicerce.vendors.stripe.simulator.problems import bad_parameter

FEE, FEE_BACK = "application_fee", "fee_refund"
HUNDREDTHS = 10_000


class Collector:
    """Of one account. `platform` has the ledger and the balance that fees come to."""

    def __init__(self, *, platform: Any, account: str) -> None:
        self._platform, self._account = platform, account

    def collect(self, intent: Json) -> int:
        """In cents; 0 where none was asked for."""
        cents = int(intent.get("application_fee_amount") or 0)
        if cents:
            made = self._new(intent, cents)
            self._platform.ledger.save(made)
            self._platform.balance.move(FEE, cents, made["id"], intent["currency"])
        return cents

    def give_back(self, refund: Json, intent: Json) -> int:
        """So much of the fee as was refunded of the payment, rounded down."""
        fee = self._of(refund["charge"])
        if fee is None:
            return 0
        cents: int = fee["amount"] * refund["amount"] // intent["amount_received"]
        self._platform.ledger.save(fee | {"amount_refunded": fee["amount_refunded"] + cents})
        self._platform.balance.move(
            "application_fee_refund", -cents, fee["id"], fee["currency"]
        )
        return cents

    def _of(self, charge: str) -> Json | None:
        every = self._platform.ledger.all(FEE)
        return next((one for one in every if one["charge"] == charge), None)

    def _new(self, intent: Json, cents: int) -> Json:
        return {
            "id": new_id("fee"),
            "object": FEE,
            "account": self._account,
            "amount": cents,
            "amount_refunded": 0,
            "charge": intent["latest_charge"],
            "created": seconds(self._platform.clock()),
            "currency": intent["currency"],
            "livemode": intent["livemode"],
            "refunded": False,
        }


def asked_fee(params: Mapping[str, Any], ledger: Ledger, amount: int) -> int | None:
    """Of a payment, as a request names it. Only who acts for another account may ask for one."""
    if percent := params.get("application_fee_percent"):
        whole, _, part = percent.partition(".")
        return int(amount) * int(whole + part.ljust(2, "0")[:2]) // HUNDREDTHS
    if (said := params.get("application_fee_amount")) is None:
        return None
    if not ledger.is_connected:
        raise bad_parameter("application_fee_amount", "only on behalf of a connected account")
    if int(said) > int(amount):
        raise bad_parameter("application_fee_amount", "more than the amount")
    return int(said)
