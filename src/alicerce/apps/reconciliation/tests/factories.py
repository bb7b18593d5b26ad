"""The least that is valid, for tests."""

from datetime import datetime, timedelta
from typing import Any

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import GatewayAccount
from alicerce.apps.billing.ports import ProviderPayment
from alicerce.apps.billing.tests.factories import NOON, a_payment, an_invoice
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.reconciliation.models import Difference, Run
from alicerce.apps.reconciliation.services.begin_run import ask_run
from alicerce.apps.reconciliation.services.take_run import take_run

LATER = NOON + timedelta(hours=2)


def a_card_payment(**given: Any) -> ProviderPayment:
    """Of an invoice of its own, unless told otherwise."""
    invoice_id = given.pop("invoice_id", None) or an_invoice().id
    facts = {"provider": "stripe", "method": PaymentMethod.CARD} | given
    return a_payment(invoice_id, **facts)


def a_booked_payment(account: GatewayAccount, **given: Any) -> ProviderPayment:
    paid = a_card_payment(**given)
    assert billing.book_payment(account_id=account.id, paid=paid, at=NOON)
    return paid


def compared(account: GatewayAccount, *, at: datetime = LATER) -> Run:
    """A whole comparison of the account, as somebody asked for it."""
    run_id = ask_run(account_id=account.id, at=at)
    while take_run(run_id=run_id, at=at):
        pass
    return Run.objects.get(pk=run_id)


def standing() -> dict[str, str]:
    """What is different now: the state by kind."""
    return dict(Difference.objects.standing().order_by("kind").values_list("kind", "state"))
