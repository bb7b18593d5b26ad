"""The least that is valid, for tests."""

from datetime import date, timedelta
from typing import Any

from alicerce.apps.billing.models import GatewayAccount, Invoice, Payment
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import (
    NOON,
    PRICE,
    a_payment,
    an_account,
    an_invoice,
)
from alicerce.apps.billing.types import GatewayKind, PaymentMethod
from alicerce.apps.billing.types.contests import ContestMove
from alicerce.apps.disputes.models import Dispute
from alicerce.apps.disputes.ports import ProviderDispute
from alicerce.apps.disputes.services.follow_dispute import follow_dispute
from alicerce.apps.disputes.types import DisputeStatus
from alicerce.apps.subscriptions.models import BilledPeriod, Subscription
from alicerce.kernel.money import Money

FEE = Money(5500)
INTENT = "pi_padaria"
TAKEN = ContestMove("txn_taken", -PRICE, FEE)
BACK = ContestMove("txn_back", PRICE, Money(0))
DUE = NOON + timedelta(days=9)


def a_card_account() -> GatewayAccount:
    return an_account(GatewayKind.STRIPE)


def a_card_payment(account: GatewayAccount, invoice: Invoice, **given: Any) -> Payment:
    facts = {"provider": "stripe", "method": PaymentMethod.CARD, "reference": INTENT}
    book_payment(
        account_id=account.id, paid=a_payment(invoice.id, **{**facts, **given}), at=NOON
    )
    found: Payment = Payment.objects.get(reference=given.get("reference", INTENT))
    return found


def told(status: DisputeStatus = DisputeStatus.NEEDS_RESPONSE, **given: Any) -> ProviderDispute:
    """A dispute of the whole price of `an_invoice`, of which the money was taken."""
    facts: dict[str, Any] = {
        "external_id": "du_1",
        "payment_reference": INTENT,
        "amount": PRICE,
        "status": status,
        "reason": "fraudulent",
        "opened_at": NOON,
        "respond_by": DUE,
        "submissions": 0,
        "moves": (TAKEN,),
    }
    return ProviderDispute(**{**facts, **given})


def a_dispute(account: GatewayAccount | None = None, **given: Any) -> Dispute:
    """An open dispute of a paid invoice."""
    account = account or a_card_account()
    a_card_payment(account, an_invoice())
    follow_dispute(account_id=account.id, told=told(**given), at=NOON)
    found: Dispute = Dispute.objects.get()
    return found


def asks_for(invoice: Invoice, subscription: Subscription) -> None:
    """The invoice is for a month of the subscription."""
    BilledPeriod.objects.create(
        subscription=subscription,
        starts_on=date(2026, 12, 1),
        ends_on=date(2027, 1, 1),
        invoice=invoice,
        amount_cents=invoice.total_cents,
        currency=invoice.currency,
    )
