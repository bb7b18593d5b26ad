"""A Pix with a due date: made once, dearer when late, cheaper when early, and booked once as what it is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from alicerce.apps.billing.adapters.pix_due import told
from alicerce.apps.billing.errors import BoletoNotRefunded, MethodNotOffered
from alicerce.apps.billing.models import (
    Charge,
    CreditNote,
    Invoice,
    LateCharge,
    Payment,
    Refund,
    WalletUse,
)
from alicerce.apps.billing.ports import ChargeRequested, ProviderRefund, Reading
from alicerce.apps.billing.queries.charges import offered_methods
from alicerce.apps.billing.queries.refunds import left_to_refund
from alicerce.apps.billing.rules.due_charges import due_of, due_terms, fee_on, last_moment
from alicerce.apps.billing.rules.lateness import Receipt, fee_for, terms_of
from alicerce.apps.billing.services.apply_reading import apply_reading
from alicerce.apps.billing.services.ask_funds import ask_funds
from alicerce.apps.billing.services.begin_charge import begin_charge
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.services.change_rules import change_rules
from alicerce.apps.billing.services.charge_at_issue import charge_at_issue
from alicerce.apps.billing.services.charge_late_fee import charge_late_fee
from alicerce.apps.billing.services.record_payment import record_payment
from alicerce.apps.billing.services.request_charge import request_charge
from alicerce.apps.billing.services.request_refund import request_refund
from alicerce.apps.billing.tests.factories import (
    NOON,
    a_payment,
    an_account,
    an_invoice,
    by_hand,
)
from alicerce.apps.billing.types import GatewayKind, InvoiceStatus, PaymentMethod
from alicerce.apps.billing.types.corrections import BillingRules, RefundStatus
from alicerce.apps.billing.types.due import PaidParts
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.ledger.models import LedgerTransaction
from alicerce.apps.ledger.queries.books import trial_balance
from alicerce.kernel.business_days import payable_until
from alicerce.kernel.http import Unknown
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money
from alicerce.vendors.pix.simulator.due import due_parts

DUE = date(2026, 9, 15)  # a Tuesday
LEGAL = BillingRules(fine_basis_points=200, interest_basis_points=100)
EARLY = BillingRules(early_basis_points=500, early_days=5)
PRICE = Money(10000)


def noon(day):
    return datetime(day.year, day.month, day.day, 15, tzinfo=UTC)


def at_the_bank(terms, cents):
    """The charge as the simulated PSP keeps it."""
    told_ = told(terms)
    return {
        "calendario": {
            "dataDeVencimento": told_.due_on.isoformat(),
            "validadeAposVencimento": told_.valid_days,
        },
        "valor": {"original": f"{cents // 100}.{cents % 100:02d}", **told_.valor()},
    }


class TestOneTruth:
    @settings(max_examples=150, deadline=None)
    @given(
        cents=some.integers(1, 10**8),
        fine=some.integers(0, 200),
        interest=some.integers(0, 100),
        due=some.dates(date(2026, 1, 1), date(2027, 12, 31)),
        days=some.integers(-10, 120),
    )
    def test_the_bank_asks_for_what_we_would_to_the_cent(
        self, cents, fine, interest, due, days
    ):
        rules = BillingRules(fine_basis_points=fine, interest_basis_points=interest)
        terms = due_terms(cents, due_on=due, on=due - timedelta(days=9), rules=rules)
        day = due + timedelta(days=days)

        asked = due_parts(at_the_bank(terms, cents), at=noon(day))
        ours = fee_for([Receipt(day, cents)], due_on=payable_until(due), terms=terms_of(rules))

        assert (asked.fine, asked.interest) == (ours.fine, ours.interest)
        assert fee_on(terms, cents, on=day) == ours
        found = due_of(terms, asked=cents, amount=asked.total, at=noon(day), said=None)
        assert found
        assert found.fee.total == ours.total

    @pytest.mark.parametrize(
        ("cents", "days", "total"),
        [(10000, 5, 10217), (50000, 10, 51167), (100000, 30, 103000)],
    )
    def test_of_the_law(self, cents, days, total):
        terms = due_terms(cents, due_on=DUE, on=DUE, rules=LEGAL)
        fee = fee_on(terms, cents, on=DUE + timedelta(days=days))

        assert cents + fee.total == total

    def test_who_is_due_without_banks_is_in_time_on_the_next_day_with_them(self):
        saturday = date(2026, 9, 5)  # and the Monday after it is a holiday
        terms = due_terms(10000, due_on=saturday, on=date(2026, 9, 1), rules=LEGAL)

        assert fee_on(terms, 10000, on=date(2026, 9, 8)).total == 0
        assert fee_on(terms, 10000, on=date(2026, 9, 9)).interest == 3

    def test_a_discount_ends_with_its_day(self):
        terms = due_terms(10000, due_on=DUE, on=date(2026, 9, 1), rules=EARLY)
        charge = at_the_bank(terms, 10000)

        assert due_parts(charge, at=noon(date(2026, 9, 10))).discount == 500
        assert due_parts(charge, at=noon(date(2026, 9, 11))).discount == 0
        assert not due_of(
            terms, asked=10000, amount=9500, at=noon(date(2026, 9, 11)), said=None
        )

    def test_grace_cannot_be_told_and_stays_ours(self):
        rules = BillingRules(fine_basis_points=200, interest_basis_points=100, grace_days=3)

        assert not due_terms(10000, due_on=DUE, on=DUE, rules=rules).carries_fee


@pytest.fixture
def account(tenant):
    return an_account()


def due_invoice(total=PRICE, **given_):
    return an_invoice(total, due_on=DUE, **given_)


def a_due_charge(invoice):
    charge_id = begin_charge(
        invoice_id=invoice.id,
        method=PaymentMethod.PIX,
        return_url="https://x.example/",
        at=NOON,
    )
    Charge.objects.lock(charge_id).request(f"tx{charge_id.hex}")
    return Charge.objects.get(pk=charge_id)


def came(charge, cents, day, parts=None, **given_):
    return a_payment(
        amount=Money(cents),
        external_id=charge.external_id,
        paid_at=noon(day),
        parts=parts,
        **given_,
    )


def take(charge, *payments):
    return apply_reading(
        account_id=charge.account_id, reading=Reading(payments=payments), at=payments[0].paid_at
    )


def books():
    found = trial_balance()
    assert sum(line.balance.cents for line in found) == 0
    return {line.account: line.balance.cents for line in found if line.balance.cents}


class TestBeginning:
    def test_a_future_due_date_makes_one_with_the_rules_of_the_day(self, account):
        change_rules(wanted=BillingRules(True, 200, 100, 0, 500, 5, 20), at=NOON)

        charge = a_due_charge(due_invoice())

        change_rules(wanted=BillingRules(), at=NOON)
        assert charge.due == due_terms(
            10000, due_on=DUE, on=NOON.date(), rules=BillingRules(True, 200, 100, 0, 500, 5, 20)
        )
        assert charge.due.fine_cents == 200
        assert charge.due.discount_until == date(2026, 9, 10)
        assert charge.expires_at == last_moment(charge.due)
        assert charge.expires_at.date() == date(2026, 10, 6)  # the 5th is the last day

    def test_what_is_paid_at_once_has_none(self, account):
        assert a_due_charge(due_invoice(order_id=uuid7())).due is None
        assert a_due_charge(an_invoice(PRICE)).due is None  # due today
        funds = ask_funds(customer_id=a_customer().id, amount=PRICE, due_on=DUE, at=NOON)
        assert a_due_charge(Invoice.objects.get(pk=funds)).due is None

    def test_nor_where_the_contract_with_the_psp_has_none(self, tenant):
        an_account(settings={"pix_key": "k", "due_dates": False})

        assert a_due_charge(due_invoice()).due is None

    def test_the_same_is_used_until_it_ends(self, account):
        invoice = due_invoice()

        assert a_due_charge(invoice).id == a_due_charge(invoice).id

    def test_after_a_lost_answer_it_is_looked_for(self, account, provider):
        invoice = due_invoice()
        charge_id = begin_charge(
            invoice_id=invoice.id,
            method=PaymentMethod.PIX,
            return_url="https://x.example/",
            at=NOON,
        )
        provider.lost.append(Unknown("read timeout"))
        with pytest.raises(Unknown):
            request_charge(charge_id=charge_id, at=NOON)

        request_charge(charge_id=charge_id, at=NOON)

        assert provider.requests == 1
        assert Charge.objects.get(pk=charge_id).status == "awaiting"


class TestPaidLate:
    @pytest.fixture(autouse=True)
    def legal(self, account):
        change_rules(wanted=LEGAL, at=NOON)

    @pytest.mark.parametrize("uses_wallet", [True, False])
    def test_is_booked_once_with_its_fee_on_an_invoice_of_its_own(self, uses_wallet):
        change_rules(
            wanted=BillingRules(uses_wallet, fine_basis_points=200, interest_basis_points=100),
            at=NOON,
        )
        invoice = due_invoice()
        charge = a_due_charge(invoice)
        late = came(charge, 10250, date(2026, 9, 30), PaidParts(200, 50))

        assert take(charge, late) == 1
        assert take(charge, late) == 0
        assert charge_late_fee(invoice_id=invoice.id, at=late.paid_at) is None

        invoice.refresh_from_db()
        fee = LateCharge.objects.get()
        assert (invoice.status, invoice.paid_cents) == (InvoiceStatus.PAID, 10000)
        assert (fee.fine_cents, fee.interest_cents) == (200, 50)
        asked = Invoice.objects.get(pk=fee.fee_invoice_id)
        assert (asked.status, asked.total_cents) == (InvoiceStatus.PAID, 250)
        assert WalletUse.objects.get().amount_cents == 250
        assert books() == {"clearing:pix": 10250, "revenue": -10250}

    def test_no_more_of_it_goes_back_than_its_invoice_got(self):
        charge = a_due_charge(due_invoice())
        take(charge, came(charge, 10250, date(2026, 9, 30)))

        payment = Payment.objects.get()
        assert (payment.amount_cents, payment.extra_cents) == (10250, 250)
        assert left_to_refund(payment) == PRICE

    def test_a_bank_that_cuts_or_has_a_holiday_more_is_believed(self):
        invoice = due_invoice()
        charge = a_due_charge(invoice)
        take(charge, came(charge, 10000, date(2026, 9, 16)))  # no fee at all

        assert charge_late_fee(invoice_id=invoice.id, at=NOON) is None
        assert Invoice.objects.get(pk=invoice.id).status == InvoiceStatus.PAID
        assert not LateCharge.objects.exists()

    def test_more_than_the_terms_is_no_fee(self):
        invoice = due_invoice()
        charge = a_due_charge(invoice)
        take(charge, came(charge, 10500, date(2026, 9, 30)))

        assert Payment.objects.get().reason == "amount"
        assert Invoice.objects.get(pk=invoice.id).status == InvoiceStatus.OPEN

    def test_paid_twice_the_second_is_credit_in_whatever_order(self):
        charge = a_due_charge(due_invoice())
        late = came(charge, 10250, date(2026, 9, 30))
        again = came(charge, 10253, date(2026, 10, 1))

        take(charge, again, late)

        assert LateCharge.objects.get().interest_cents == 53
        assert Payment.objects.get(reference=late.reference).fit == "credited"
        assert books()["wallet"] == -10250

    def test_what_else_of_it_was_late_is_on_the_same_invoice(self):
        invoice = due_invoice()
        day = date(2026, 9, 30)
        record_payment(
            invoice_id=invoice.id, told=by_hand(4000, received_at=noon(day)), at=noon(day)
        )
        charge = a_due_charge(invoice)
        take(charge, came(charge, 6150, day))

        fee = LateCharge.objects.get()
        assert (fee.fine_cents, fee.interest_cents) == (200, 50)
        assert Invoice.objects.get(pk=fee.fee_invoice_id).remaining == Money(100)


class TestPaidEarly:
    def test_settles_with_a_credit_note_for_the_discount(self, account):
        change_rules(wanted=EARLY, at=NOON)
        invoice = due_invoice()
        charge = a_due_charge(invoice)

        take(charge, came(charge, 9500, date(2026, 9, 9), PaidParts(discount=500)))

        invoice.refresh_from_db()
        note = CreditNote.objects.get()
        assert (invoice.status, invoice.paid_cents) == (InvoiceStatus.PAID, 9500)
        assert (note.total_cents, note.relieved_cents) == (500, 500)
        assert note.reason == "Desconto por pagamento antecipado"
        assert books() == {"clearing:pix": 9500, "revenue": -9500}

    def test_not_more_than_allowed_nor_later(self, account):
        change_rules(wanted=EARLY, at=NOON)
        for cents, day in ((9499, date(2026, 9, 9)), (9500, date(2026, 9, 11))):
            charge = a_due_charge(due_invoice())
            take(charge, came(charge, cents, day))

        assert set(Payment.objects.values_list("reason", flat=True)) == {"amount"}
        assert not CreditNote.objects.exists()
        assert LedgerTransaction.objects.filter(kind="payment.received").count() == 2


class TestBoleto:
    def test_is_offered_where_the_account_has_it(self, tenant):
        an_account(GatewayKind.STRIPE)
        assert PaymentMethod.BOLETO not in offered_methods()
        with pytest.raises(MethodNotOffered):
            a_boleto(due_invoice())

        an_account(GatewayKind.STRIPE, settings={"boleto_days": 5})
        assert PaymentMethod.BOLETO in offered_methods()
        assert a_boleto(due_invoice()).boleto_days == 5

    def test_once_printed_it_lives_longer_than_its_page(self, tenant, provider):
        an_account(GatewayKind.STRIPE, settings={"boleto_days": 5})
        charge = a_boleto(due_invoice())
        request_charge(charge_id=charge.id, at=NOON)
        charge.refresh_from_db()
        later = charge.expires_at + timedelta(days=10)
        printed = ChargeRequested(charge.external_id, later)

        apply_reading(account_id=charge.account_id, reading=Reading(charge=printed), at=NOON)

        charge.refresh_from_db()
        assert charge.expires_at == later


def a_boleto(invoice):
    return Charge.objects.get(
        pk=begin_charge(
            invoice_id=invoice.id,
            method=PaymentMethod.BOLETO,
            return_url="https://x.example/",
            at=NOON,
        )
    )


def test_stripe_gives_no_boleto_back_and_it_is_said_before(tenant, provider):
    account = an_account(GatewayKind.STRIPE, settings={"boleto_days": 5})
    invoice = due_invoice()
    charge = a_boleto(invoice)
    came_by = a_payment(
        invoice.id, amount=PRICE, provider="stripe", method=PaymentMethod.BOLETO
    )
    apply_reading(account_id=account.id, reading=Reading(payments=(came_by,)), at=NOON)

    with pytest.raises(BoletoNotRefunded, match="Stripe não devolve boletos"):
        begin_refund(payment_id=Payment.objects.get().id, cents=100, reason="engano", at=NOON)
    assert not Refund.objects.exists()
    assert charge.invoice_id == invoice.id


class TestGivenBack:
    def test_a_late_pix_is_refunded_with_a_note(self, account, provider):
        change_rules(wanted=LEGAL, at=NOON)
        charge = a_due_charge(due_invoice())
        take(charge, came(charge, 10250, date(2026, 9, 30)))
        payment = Payment.objects.get()
        later = noon(date(2026, 10, 1))
        refund_id = begin_refund(
            payment_id=payment.id, cents=10000, reason="desistiu", at=later
        )

        request_refund(refund_id=refund_id, at=later)
        refund = Refund.objects.get()
        told_ = ProviderRefund(
            refund.external_id, payment.reference, PRICE, RefundStatus.SUCCEEDED
        )
        apply_reading(account_id=account.id, reading=Reading(refunds=(told_,)), at=later)

        assert Refund.objects.get().status == "succeeded"
        assert CreditNote.objects.get().refunded_cents == 10000
        assert books() == {"clearing:pix": 250, "revenue": -250}


class TestAtIssue:
    def test_the_pix_is_there_before_anybody_asks(self, account):
        invoice = due_invoice()
        assert not charge_at_issue(invoice_id=invoice.id, at=NOON)
        change_rules(wanted=replace(LEGAL, pix_at_issue=True), at=NOON)

        made = [charge_at_issue(invoice_id=invoice.id, at=NOON) for _ in range(2)]

        assert made == [True, False]
        assert Charge.objects.get().due.due_on == DUE
        assert not charge_at_issue(invoice_id=an_invoice(PRICE).id, at=NOON)  # due today
