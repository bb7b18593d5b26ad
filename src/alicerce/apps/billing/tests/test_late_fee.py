"""What was paid late costs a fine once and interest by the day, asked for once on an invoice of its own."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import FeeBeyondLaw
from alicerce.apps.billing.models import Invoice, InvoiceLine, LateCharge
from alicerce.apps.billing.rules.lateness import Receipt, fee_for, terms_of
from alicerce.apps.billing.services.ask_funds import ask_funds
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.change_rules import change_rules
from alicerce.apps.billing.services.charge_late_fee import charge_late_fee
from alicerce.apps.billing.tests.factories import NOON, a_payment, an_account, an_invoice
from alicerce.apps.billing.types.corrections import BillingRules
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.kernel.money import Money

DUE, PRICE = date(2026, 9, 1), Money(10000)
LEGAL = BillingRules(fine_basis_points=200, interest_basis_points=100)


def paid(invoice_id, *, days, amount=PRICE):
    at = NOON + timedelta(days=days)
    told = a_payment(invoice_id, amount=amount, paid_at=at)
    book_payment(account_id=an_account().id, paid=told, at=at)
    return charge_late_fee(invoice_id=invoice_id, at=at)


@pytest.fixture
def legal(tenant):
    change_rules(wanted=LEGAL, at=NOON)


class TestFee:
    @pytest.mark.parametrize(
        ("days", "fine", "interest"),
        [(0, 0, 0), (-3, 0, 0), (1, 200, 3), (15, 200, 50), (30, 200, 100), (45, 200, 150)],
    )
    def test_of_100_reais(self, days, fine, interest):
        came = [Receipt(DUE + timedelta(days=days), 10000)]

        fee = fee_for(came, due_on=DUE, terms=terms_of(LEGAL))

        assert (fee.fine, fee.interest) == (fine, interest)

    def test_of_parts_is_of_their_own_days(self):
        came = [
            Receipt(DUE, 4000),
            Receipt(DUE + timedelta(days=15), 3000),
            Receipt(DUE + timedelta(days=30), 3000),
        ]

        fee = fee_for(came, due_on=DUE, terms=terms_of(LEGAL))

        assert (fee.fine, fee.interest) == (120, 45)

    @given(some.lists(some.tuples(some.integers(0, 400), some.integers(1, 10**6)), max_size=5))
    def test_is_never_more_than_the_law_lets_it_be(self, parts):
        came = [Receipt(DUE + timedelta(days=days), cents) for days, cents in parts]

        fee = fee_for(came, due_on=DUE, terms=terms_of(LEGAL))

        late = sum(cents for days, cents in parts if days)
        assert 0 <= fee.fine <= late * 2 / 100 + 1
        assert 0 <= fee.interest <= sum(c * d for d, c in parts) / 3000 + 1


class TestChargeLateFee:
    def test_asks_once_on_an_invoice_of_its_own(self, legal):
        invoice = an_invoice(Money(10000))

        fee_id = paid(invoice.id, days=15)

        assert billing.invoice(fee_id).total == Money(250)
        assert charge_late_fee(invoice_id=invoice.id, at=NOON) is None
        lines = InvoiceLine.objects.filter(invoice_id=fee_id).order_by("position")
        assert [(line.kind, line.total_cents) for line in lines] == [
            ("late_fee", 200),
            ("late_fee", 50),
        ]
        assert LateCharge.objects.get().invoice_id == invoice.id

    def test_asks_nothing_of_who_is_on_time(self, legal):
        assert paid(an_invoice(Money(10000)).id, days=0) is None
        assert Invoice.objects.count() == 1

    def test_asks_nothing_where_the_company_decided_nothing(self, tenant):
        assert paid(an_invoice(Money(10000)).id, days=30) is None

    def test_asks_nothing_within_the_grace(self, tenant):
        change_rules(wanted=BillingRules(True, 200, 100, grace_days=3), at=NOON)

        assert paid(an_invoice(Money(10000)).id, days=3) is None
        assert paid(an_invoice(Money(10000)).id, days=4) is not None

    def test_of_a_late_fee_is_none(self, legal):
        fee_id = paid(an_invoice(Money(10000)).id, days=15)

        assert paid(fee_id, days=90, amount=Money(250)) is None

    def test_of_funds_is_none(self, legal):
        invoice_id = ask_funds(
            customer_id=a_customer().id, amount=Money(10000), due_on=DUE, at=NOON
        )

        assert paid(invoice_id, days=30) is None

    @pytest.mark.parametrize(
        "beyond", [{"fine_basis_points": 201}, {"interest_basis_points": 101}]
    )
    def test_is_never_beyond_the_law(self, tenant, beyond):
        with pytest.raises(FeeBeyondLaw):
            change_rules(wanted=BillingRules(**beyond), at=NOON)
