"""Two renewals on a test clock: one that its bank debits, and one that its bank gives up."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

import pytest

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Charge, GatewayAccount, Invoice, Payment
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.conftest import letters
from alicerce.apps.billing.tests.factories import a_payment
from alicerce.apps.collecting.models import Debit
from alicerce.apps.collecting.tests.test_automatic import Psp, authorised, pem, psp, written
from alicerce.apps.customers.models import Customer
from alicerce.apps.customers.tests.factories import a_cpf
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.tests.factories import a_pending_subscription
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.testing import run_jobs

__all__ = ["letters", "pem", "psp"]

BOUGHT = datetime(2026, 9, 1, 15, tzinfo=UTC)
DUE = date(2026, 10, 1)


@pytest.fixture
def sandbox(tenant: UUID, psp: Psp) -> Iterator[UUID]:
    twin = uuid5(tenant.id, "sandbox")
    tenancy.open_sandbox(of=tenant.id, as_id=twin, at=psp.at)
    with acting(tenant_id=twin), showing_rows_of(twin):
        psp.at = BOUGHT
        psp.connect()
        yield twin


def bought(psp: Psp, **buyer: Any) -> Subscription:
    """Paid once, and debited from now on by whoever bought it."""
    subscription = a_pending_subscription(**buyer)
    invoice = billing.invoice_of_order(subscription.order_id)
    assert invoice is not None
    paid = a_payment(invoice.id, amount=invoice.total, paid_at=psp.at)
    book_payment(account_id=GatewayAccount.objects.get().id, paid=paid, at=psp.at)
    run_jobs()
    authorised(psp, Customer.objects.get(pk=subscription.customer_id))
    return subscription


def until(psp: Psp, day: int, hour: int, month: int = 10) -> None:
    """The test clock goes there, stop by stop; the PSP's is there already."""
    since, psp.at = psp.at, datetime(2026, month, day, hour, tzinfo=UTC)
    tenancy.move_clock(to=psp.at, at=since)
    run_jobs(include_delayed=True)
    assert now() == psp.at


def test_a_bank_pays_one_renewal_on_its_day_and_gives_another_up(
    psp: Psp, sandbox: UUID
) -> None:
    good = bought(psp)
    poor = bought(psp, email="poor@example.com", document=a_cpf(), domain="poor.com.br")
    psp.at = datetime(2026, 9, 23, 15, tzinfo=UTC)
    until(psp, 25, 15, month=9)
    assert not psp.bank.debits()

    until(psp, 26, 15, month=9)

    owed = {row.customer_id: row for row in Invoice.objects.filter(due_on=DUE)}
    charges = {row.invoice.customer_id: row for row in Charge.objects.filter(status="awaiting")}
    asked = [one["calendario"]["dataDeVencimento"] for one in psp.bank.debits()]
    assert asked == ["2026-10-01"] * 2
    until(psp, 1, 10)
    psp.bank.settle(charges[good.customer_id].external_id)
    psp.bank.settle(charges[poor.customer_id].external_id, funds=False)
    until(psp, 1, 15)
    paid = Payment.objects.filter(invoice=owed[good.customer_id])
    assert [row.amount_cents for row in paid] == [owed[good.customer_id].total_cents]
    for day in (3, 5, 8):
        until(psp, day, 10)
        psp.bank.settle(charges[poor.customer_id].external_id, funds=False)
        until(psp, day, 15)
    left = Debit.objects.get(customer_id=poor.customer_id)
    assert (left.status, left.tries, left.reason) == ("failed", 4, "expired")
    assert (written("debit_retry"), written("debit_failed")) == (3, 1)
    assert Debit.objects.get(customer_id=good.customer_id).status == "paid"
    assert set(Invoice.objects.filter(due_on=DUE).values_list("status", flat=True)) == {
        "open",
        "paid",
    }
    assert ledger_imbalance() == 0
