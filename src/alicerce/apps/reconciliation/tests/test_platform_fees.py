"""What the platform keeps of a payment: a company's cost, the platform's income, and what reaches the bank."""

from datetime import timedelta

import pytest

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import GatewayAccount, PlatformFee
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.services.offer_connect import offer_connect
from alicerce.apps.billing.tests.conftest import letters
from alicerce.apps.billing.tests.connected import charged, opened, platform
from alicerce.apps.billing.tests.factories import an_account
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.billing.types.connecting import ConnectTerms
from alicerce.apps.ledger.public import ledger_balance
from alicerce.apps.reconciliation.adapters.stripe import StripeStatement
from alicerce.apps.reconciliation.models import Movement, Payout
from alicerce.apps.reconciliation.ports import statements
from alicerce.apps.reconciliation.tests.factories import compared, standing
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs
from alicerce.vendors.stripe.opening import open_client

__all__ = ["letters", "opened", "platform"]


@pytest.fixture
def balances(monkeypatch):
    """What each account's balance says, by clients that are closed at the end."""
    clients = []

    def said(config):
        clients.append(open_client(config.credentials, base_url=config.base_url))
        return StripeStatement(clients[-1], tenant_id=config.tenant_id)

    monkeypatch.setitem(statements, GatewayKind.STRIPE, said)
    yield
    for client in clients:
        client.close()


def fees():
    return list(PlatformFee.objects.order_by("id").values_list("amount_cents", flat=True))


def earned(platform, *, at):
    """What the platform's books say that it earned, once its balance was read."""
    compared(platform.account, at=at)
    return -cents("income:platform")


def cents(account):
    return sum(one.cents for one in ledger_balance(account))


def test_are_posted_once_reconciled_with_the_payout_given_back_and_earned(
    platform, tenant, balances, letters
):
    with acting(tenant_id=platform.tenant.id):
        percent_and_fixed = ConnectTerms(250, True, True, fee_fixed_cents=40)
        offer_connect(account_id=platform.account.id, terms=percent_and_fixed, at=now())
    merchant = platform.enabled()
    with acting(tenant_id=platform.tenant.id):
        dearer = ConnectTerms(900, True, True, fee_fixed_cents=99)
        offer_connect(account_id=platform.account.id, terms=dearer, at=now())
    own = platform.provider.accounts.branch(merchant.external_id)

    invoice_id, _session = charged(merchant, platform.provider)
    told = platform.latest(merchant, "checkout.session.completed")
    assert [platform.tell(told) for _twice in range(2)] == [200, 200]
    run_jobs()

    (payment,) = billing.invoice_detail(invoice_id).payments
    fee = payment.amount.cents * 250 // 10_000 + 40
    account = GatewayAccount.objects.get(pk=merchant.account_id)
    at = now() + timedelta(minutes=1)
    compared(account, at=at)
    (moved,) = own.ledger.all("balance_transaction")
    assert (fees(), cents("fees:platform")) == ([fee], fee)
    assert cents("fees:stripe") == moved["fee"] - fee
    assert (standing(), Movement.objects.get().platform_cents) == ({}, fee)

    own.balance.arrive(own.balance.pay_out()["id"])
    compared(account, at=at)
    payout = Payout.objects.get()
    assert payout.amount_cents == payout.parts_cents == cents("clearing:stripe")

    with platform.acting():
        assert [earned(platform, at=at) for _twice in range(2)] == [fee, fee]
    begin_refund(payment_id=payment.id, cents=payment.amount.cents, reason="engano", at=now())
    run_jobs()
    assert (fees(), cents("fees:platform")) == ([fee, -fee], 0)
    kept = PlatformFee.objects.order_by("id").last()
    assert (kept.payment_id, kept.refund_reference[:3]) == (payment.id, "re_")

    with platform.acting():
        assert earned(platform, at=at) == 0
        moves = Movement.objects.order_by("amount_cents")
        assert [one.amount_cents for one in moves] == [-fee, fee]
        assert cents("clearing:stripe") == 0


def test_what_is_fixed_never_takes_more_than_the_most_of_a_small_payment(
    platform, tenant, balances, letters
):
    with acting(tenant_id=platform.tenant.id):
        terms = ConnectTerms(0, True, True, fee_fixed_cents=500)
        offer_connect(account_id=platform.account.id, terms=terms, at=now())
    merchant = platform.enabled()
    charged(merchant, platform.provider, total=Money(1_000))
    platform.tell(platform.latest(merchant, "checkout.session.completed"))
    run_jobs()
    assert fees() == [300]
    with platform.acting():
        an_account(GatewayKind.STRIPE, livemode=True)
        assert earned(platform, at=now() + timedelta(minutes=1)) == 0  # of play money
