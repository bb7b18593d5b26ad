"""Wallets, refunds, late fees and the calendar of asking."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alicerce.apps.billing.rules.collecting import (
    LADDER,
    PixRetries,
    card_retries,
    may_cancel_pix_charge,
    may_charge,
    may_try_pix_again,
    on_days,
    probes,
)
from alicerce.apps.billing.rules.late_fee import LateFee, LateTerms, interest_of, late_fee
from alicerce.apps.billing.rules.refunds import (
    GoneBack,
    RefundsExceedPayment,
    check_refund,
    may_return_pix,
    payable_from,
    refundable,
    void,
)
from alicerce.apps.billing.rules.rounding import down, percent
from alicerce.apps.billing.rules.settlement import (
    fold_wallet,
    receive,
    receive_all,
    split,
    split_after_refund,
    take_from_wallet,
)

cents = some.integers(0, 10**9)
signed = some.integers(-(10**9), 10**9)
NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


class TestWallet:
    @given(signed, signed)
    def test_and_an_amount_lose_nothing_when_they_meet(self, balance, amount):
        folded = fold_wallet(balance=balance, amount=amount)

        assert folded.balance - folded.due == balance - amount
        assert folded.due >= 0 <= folded.balance
        assert 0 in (folded.due, folded.balance)

    @given(signed, cents)
    def test_pays_no_more_than_it_has_and_is_asked(self, balance, amount):
        taken = take_from_wallet(balance=balance, amount=amount)

        assert 0 <= taken <= amount
        assert taken <= max(balance, 0)

    @given(cents, cents)
    def test_keeps_what_was_paid_too_much(self, remaining, payment):
        received = receive(remaining=remaining, payment=payment)

        assert received.applied + received.credit == payment
        assert received.applied + received.remaining == remaining
        assert received.is_paid is (payment >= remaining)

    def test_gathers_payments_in_parts(self):
        received = receive_all(total=10000, payments=[3000, 4000, 5000])

        assert (received.remaining, received.credit, received.is_paid) == (0, 2000, True)


class TestSplit:
    @given(cents, some.fractions(0, 1, max_denominator=100), some.data())
    def test_shares_out_what_the_provider_leaves(self, gross, share, data):
        fee = data.draw(some.integers(0, gross))

        shared = split(gross=gross, fee=fee, share=share)

        assert shared.partner + shared.owner == gross - fee
        assert 0 <= shared.partner <= gross - fee

    def test_is_undone_by_a_refund_at_the_owners_cost(self):
        shared = split(gross=10000, fee=200, share=Fraction(1, 2))

        undone = split_after_refund(shared, gross=10000, refunded=10000)

        assert (shared.partner, shared.owner) == (4900, 4900)
        assert (undone.partner, undone.owner) == (0, -200)


class TestRefundable:
    @given(cents, cents, cents, cents)
    def test_and_what_went_back_are_at_most_what_was_paid(
        self, paid, succeeded, pending, disputed
    ):
        gone = GoneBack(succeeded, pending, disputed)

        assert 0 <= refundable(paid, gone) <= paid

    def test_is_reserved_by_what_is_pending_and_used_up_by_a_dispute(self):
        assert refundable(1350, GoneBack(pending=350)) == 1000
        assert refundable(1350, GoneBack(disputed=1350)) == 0

    @pytest.mark.parametrize("amount", [0, -1, 101])
    def test_is_all_that_may_be_asked(self, amount):
        with pytest.raises(RefundsExceedPayment):
            check_refund(amount, paid=200, gone=GoneBack(succeeded=100))

    def test_may_be_asked_to_the_last_cent(self):
        check_refund(100, paid=200, gone=GoneBack(succeeded=100))

    @pytest.mark.parametrize(("days", "may"), [(-1, False), (0, True), (90, True), (91, False)])
    def test_by_pix_ends_after_ninety_days(self, days, may):
        paid_on = date(2026, 1, 1)

        assert may_return_pix(paid_on=paid_on, on=paid_on + timedelta(days=days)) is may


class TestVoid:
    @given(cents, some.data())
    def test_accounts_for_the_whole_invoice(self, total, data):
        paid, back = data.draw(some.integers(0, total)), data.draw(some.integers(0, total))

        voided = void(total=total, paid=paid, given_back=back)

        assert voided.refund + voided.credit + voided.dropped == total
        assert voided.refund <= paid
        assert min(voided.refund, voided.credit, voided.dropped) >= 0


class TestQueue:
    @given(cents, some.lists(some.integers(1, 10**6), max_size=12))
    def test_pays_whole_refunds_within_the_balance(self, balance, queue):
        paid = payable_from(balance, queue)

        assert sum(paid.processed) <= balance
        assert sorted([*paid.processed, *paid.waiting]) == sorted(queue)

    def test_lets_a_small_one_pass_a_big_one(self):
        assert payable_from(1500, [2000, 1000, 5000]).processed == (1000,)


class TestLateFee:
    def test_is_a_fine_and_interest_by_the_day(self):
        assert late_fee(10000, days_late=5) == LateFee(200, 17)
        assert late_fee(100000, days_late=30) == LateFee(2000, 1000)

    def test_is_cut_as_banks_do_when_asked_to(self):
        assert late_fee(10000, days_late=5, rounding=down) == LateFee(200, 16)

    @pytest.mark.parametrize(("amount", "days"), [(10000, 0), (10000, -3), (0, 9), (-5, 9)])
    def test_is_nothing_when_nothing_is_late(self, amount, days):
        assert late_fee(amount, days_late=days).total == 0

    def test_waits_for_the_grace_and_then_counts_every_day(self):
        terms = LateTerms(grace_days=3)

        assert late_fee(10000, days_late=3, terms=terms).total == 0
        assert late_fee(10000, days_late=4, terms=terms) == late_fee(10000, days_late=4)

    @given(cents, some.integers(1, 3000))
    def test_never_falls_with_time_and_is_never_interest_on_interest(self, amount, days):
        assert (
            late_fee(amount, days_late=days).total <= late_fee(amount, days_late=days + 1).total
        )
        assert interest_of(amount, days_late=2 * days) == 2 * interest_of(
            amount, days_late=days
        )

    def test_takes_the_terms_of_the_company(self):
        terms = LateTerms(fine=percent(1), monthly_interest=percent("0.5"))

        assert late_fee(10000, days_late=30, terms=terms) == LateFee(100, 50)


class TestAsking:
    def test_asks_soon_then_seldom_then_a_person(self):
        asked = probes(NOON)

        assert [at - NOON for at in asked[:3]] == [
            timedelta(minutes=5),
            timedelta(hours=1, minutes=5),
            timedelta(days=1, hours=1, minutes=5),
        ]
        assert len(asked) == 7
        assert len(probes(NOON, pending=True)) == 2

    def test_charges_nothing_beside_what_is_unknown_or_open(self):
        assert may_charge(unknown=0)
        assert not may_charge(unknown=1)
        assert not may_charge(unknown=0, live=1)

    def test_climbs_from_the_due_day(self):
        days = on_days(date(2026, 6, 10))

        assert days["issue"] == date(2026, 6, 3)
        assert days["suspend_web"] == date(2026, 6, 15)
        assert list(days.values()) == sorted(days.values())
        assert list(LADDER) == list(days)

    def test_tries_a_card_four_times_more(self):
        tried = card_retries(date(2026, 6, 10))

        assert [day.isoformat() for day in tried] == [
            "2026-06-12",
            "2026-06-17",
            "2026-06-24",
            "2026-07-01",
        ]


class TestPixAutomatico:
    FIRST = date(2026, 6, 10)

    def may(self, *, days, attempts=0, policy=PixRetries.THREE_IN_SEVEN):
        on = self.FIRST + timedelta(days=days)
        return may_try_pix_again(policy, first_on=self.FIRST, extra_attempts=attempts, on=on)

    def test_is_tried_three_times_more_in_seven_days(self):
        assert [self.may(days=days) for days in (0, 1, 7, 8)] == [False, True, True, False]
        assert [self.may(days=1, attempts=n) for n in (2, 3)] == [True, False]

    def test_is_not_tried_again_where_the_mandate_forbids(self):
        assert not self.may(days=1, policy=PixRetries.NONE)

    def test_is_cancelled_before_the_first_attempt_only(self):
        day = timedelta(days=1)

        assert may_cancel_pix_charge(first_on=self.FIRST, on=self.FIRST - day)
        assert not may_cancel_pix_charge(first_on=self.FIRST, on=self.FIRST)
