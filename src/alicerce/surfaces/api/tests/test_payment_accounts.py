"""Where a company is paid, and what the platform kept of it, as its programs read that."""

from datetime import timedelta

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Merchant, Payment
from alicerce.apps.billing.tests.factories import a_payment, an_account, an_invoice
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.billing.types.connecting import MerchantTold, PlatformShare
from alicerce.kernel.clock import now
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money


def test_say_what_the_provider_says_of_them_and_what_was_kept(api, knock):
    own = an_account(GatewayKind.PIX)
    account = an_account(GatewayKind.STRIPE)
    merchant = Merchant.objects.create(
        platform_account_id=uuid7(),
        account=account,
        external_id="acct_1",
        livemode=False,
        fee_basis_points=250,
        fee_fixed_cents=40,
        gives_fee_back=True,
        asked_at=now(),
    )
    at = now()
    due = MerchantTold("acct_1", True, True, ("external_account",), due_by=at)
    assert merchant.learn(due, at=at)
    assert not merchant.learn(due, at=at + timedelta(hours=1))

    mine, connected = api.get("/payment-accounts").json()["data"]
    assert (mine["id"], mine["connect"]) == (str(own.id), None)
    told = api.get(f"/payment-accounts/{account.id}").json()
    assert told == connected
    assert told["connect"]["charges_enabled"] is True
    assert told["connect"]["payouts_enabled"] is False
    assert told["connect"]["requirements_due"] == ["external_account"]
    assert told["connect"]["requirements_due_by"] == told["connect"]["since"]
    assert told["connect"]["since"] < told["connect"]["checked_at"]
    assert (told["connect"]["fee_basis_points"], told["connect"]["fee_fixed_cents"]) == (
        250,
        40,
    )
    few = knock("customers:read")
    assert few.get(f"/payment-accounts/{account.id}").status_code == 403

    billing.book_payment(account_id=account.id, paid=a_payment(an_invoice().id), at=at)
    payment = Payment.objects.get()
    share = PlatformShare(account.id, payment.id, 165, at)
    for _twice in range(2):
        billing.book_fee(
            provider="stripe", reference="txn_1", amount=Money(400), share=share, at=at
        )
    (fee,) = api.get(f"/platform-fees?invoice_id={payment.invoice_id}").json()["data"]
    assert (fee["amount_cents"], fee["payment_id"]) == (165, str(payment.id))
    assert few.get("/platform-fees").status_code == 403
