"""What a transaction of the other program is here: something to look at."""

from dataclasses import dataclass
from datetime import datetime

from alicerce.apps.switching.rules.reading.values import (
    Body,
    Reading,
    Reference,
    cents_or_zero,
    moment,
    refused,
    text,
)
from alicerce.apps.switching.rules.tables import number


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    """Below zero it went back to the client."""

    client: int
    invoice: int
    gateway: str
    reference: str
    paid_at: datetime
    cents: int
    currency: str


def read_payment(body: Body, client: Body | None, ref: Reference) -> Reading[PaymentPlan]:
    if client is None:
        return refused("client_refused", text(body, "userid"))
    paid_at = moment(text(body, "date"))
    if paid_at is None:
        return refused("date_unreadable", text(body, "date"))
    currency_id = number(body.get("currency")) or number(client.get("currency"))
    return Reading(
        PaymentPlan(
            number(body.get("userid")),
            number(body.get("invoiceid")),
            text(body, "gateway")[:40],
            text(body, "transid")[:120],
            paid_at,
            cents_or_zero(body, "amountin") - cents_or_zero(body, "amountout"),
            ref.currencies.get(currency_id, ref.default_currency),
        )
    )
