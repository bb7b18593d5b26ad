"""A bank's sum is the payments it is made of, and a payout the lines it came in: to the cent, or not at all."""

from datetime import date, timedelta
from itertools import combinations
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from alicerce.apps.billing.tests.factories import NOON, an_account
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.ledger.public import ledger_balance, ledger_imbalance
from alicerce.apps.reconciliation.errors import (
    AmountsDiffer,
    CounterpartTaken,
    LineMatched,
    NotMatched,
)
from alicerce.apps.reconciliation.models import Difference, Match, Payout
from alicerce.apps.reconciliation.queries.arrivals import near_lines, near_payouts
from alicerce.apps.reconciliation.queries.bank import line
from alicerce.apps.reconciliation.queries.counterparts import suggestions
from alicerce.apps.reconciliation.queries.payouts import payout
from alicerce.apps.reconciliation.queries.sums import sums_of_line, sums_of_payout
from alicerce.apps.reconciliation.rules.sums import FEW, MOST_FOUND, some_few, together
from alicerce.apps.reconciliation.services.check_bank import check_bank
from alicerce.apps.reconciliation.services.match_lines import confirm_match, undo_match
from alicerce.apps.reconciliation.services.match_rest import match_with_rest
from alicerce.apps.reconciliation.services.match_sums import match_parts, match_payout
from alicerce.apps.reconciliation.tests.factories import (
    LATER,
    a_booked_payment,
    compared,
    standing,
)
from alicerce.apps.reconciliation.tests.test_bank import DAY, bank, lines, ofx, send
from alicerce.apps.reconciliation.types import Item, MatchKind
from alicerce.kernel.money import Money

__all__ = ["bank", "send"]

FIRST = date(2026, 9, 1)
HERE = UUID(int=7)
amounts = some.lists(
    some.tuples(some.integers(-300, 900).filter(bool), some.integers(0, 4)), max_size=9
)


def items(told):
    return [
        Item(uuid5(HERE, str(n)), str(n), cents, FIRST + timedelta(days=after))
        for n, (cents, after) in enumerate(told)
    ]


class TestAnySum:
    @given(amounts, some.integers(1, 2000))
    @settings(max_examples=150, deadline=None)
    def test_is_exact_of_what_is_there_and_found_where_there_is_one(self, told, cents):
        given_ = items(told)

        found = together(given_, cents)

        assert len(found) <= MOST_FOUND
        for one in found:
            ids = [item.id for item in one.items]
            assert one.cents == cents
            assert len(set(ids)) == len(ids) >= 2
            assert set(one.items) <= set(given_)
        incoming = [one for one in given_ if one.cents > 0]
        small = [combinations(incoming, n) for n in range(2, FEW + 1)]
        exists = any(sum(x.cents for x in pick) == cents for picks in small for pick in picks)
        assert found or not exists

    @given(amounts)
    @settings(max_examples=50, deadline=None)
    def test_of_a_whole_day_is_found_as_that_day(self, told):
        given_ = items(told)
        for day in {one.on for one in given_}:
            of_day = [one for one in given_ if one.on == day]
            total = sum(one.cents for one in of_day)
            if len(of_day) > 1 and total > 0:
                assert any(one.why in {"days", "payments"} for one in together(given_, total))

    def test_of_thousands_alike_costs_no_search(self):
        alike = items([(4990, n % 5) for n in range(3000)])

        assert [len(one.items) for one in some_few(alike, 9980)] == [2] * MOST_FOUND
        assert together(alike, 4990 * 7 + 1) == []


@pytest.fixture
def pix(tenant, said):
    """Three Pix of one day, and another of the day before."""
    account = an_account(GatewayKind.PIX)
    for cents in (1000, 2990, 4990):
        paid = a_booked_payment(account, provider="pix", amount=Money(cents))
        said.receive(paid, at=NOON)
    early = a_booked_payment(account, provider="pix", amount=Money(700))
    said.receive(early, at=NOON - timedelta(days=1))
    compared(account)
    return account


class TestALineOfSeveralPayments:
    def test_is_suggested_confirmed_once_posted_once_and_undone(self, pix, send):
        send(ofx((DAY, "89.80", "S1", "PIX RECEBIDOS DO DIA")))
        (found,) = lines()
        assert suggestions(found) == []
        (day,) = sums_of_line(found)
        assert (day.why, len(day.items)) == ("days", 3)
        subjects = [item.id for item in day.items]

        for _ in range(2):
            match_parts(line_id=found.id, subjects=subjects, at=LATER)
            with pytest.raises(LineMatched):
                match_parts(line_id=found.id, subjects=subjects, at=LATER)
            seen = line(found.id)
            assert (seen.match, seen.match_parts) == (MatchKind.PAYMENT, 3)
            assert ledger_balance("bank") == (Money(8980),)
            undo_match(line_id=found.id, at=LATER)
            assert ledger_balance("bank") == (Money(0),)
        with pytest.raises(NotMatched):
            undo_match(line_id=found.id, at=LATER)
        assert ledger_imbalance() == 0

    def test_takes_nothing_that_is_another_lines_nor_a_sum_that_differs(self, pix, send):
        send(ofx((DAY, "89.80", "S1", "SOMA"), (DAY, "49.90", "S2", "PIX")))
        single, summed = lines()
        (day,) = sums_of_line(summed)
        subjects = [item.id for item in day.items]
        with pytest.raises(AmountsDiffer):
            match_parts(line_id=summed.id, subjects=subjects[:2], at=LATER)
        with pytest.raises(AmountsDiffer):
            match_parts(line_id=summed.id, subjects=[*subjects, subjects[0]], at=LATER)
        (one,) = suggestions(single)
        confirm_match(line_id=single.id, kind=one.kind, subject=one.subject, at=LATER)

        with pytest.raises(CounterpartTaken):
            match_parts(line_id=summed.id, subjects=subjects, at=LATER)

        assert sums_of_line(summed) == []
        assert line(summed.id).match is None
        assert Match.objects.live().count() == 1


class TestAPayoutOfSeveralLines:
    def test_is_suggested_posted_line_by_line_and_undone_as_one(self, account, said, send):
        said.receive(a_booked_payment(account), fee=238, at=NOON)
        said.pay_out(at=NOON)
        said.arrive()
        compared(account)
        there = Payout.objects.get().id
        day = DAY + timedelta(days=1)
        send(
            ofx(
                (day, "40.00", "P1", "STRIPE po_1"),
                (day, "7.52", "P2", "STRIPE po_1"),
                (day, "3.00", "P3", "OUTRO"),
                (day + timedelta(days=3), "-1.00", "P4", "OUTRO"),
            )
        )
        check_bank(at=LATER)
        assert standing() == {"payout_not_in_bank": "open"}
        (both,) = sums_of_payout(there)
        assert (both.why, both.cents) == ("name", 4752)
        ids = [item.id for item in both.items]
        with pytest.raises(AmountsDiffer):
            match_payout(payout_id=there, line_ids=ids[:1], at=LATER)

        for _ in range(2):
            match_payout(payout_id=there, line_ids=ids, at=LATER)
            assert set(payout(there).line_ids) == set(ids)
            assert ledger_balance("bank") == (Money(4752),)
            assert ledger_balance("clearing:stripe") == (Money(0),)
            check_bank(at=LATER)
            assert standing() == {}
            undo_match(line_id=ids[1], at=LATER)
            assert [line(one).match for one in ids] == [None, None]
            assert ledger_balance("bank") == (Money(0),)
        assert ledger_imbalance() == 0

    def test_that_together_are_short_is_one_suggestion_and_the_rest_is_the_bank_s(
        self, account, said, send
    ):
        said.receive(a_booked_payment(account), fee=238, at=NOON)
        said.pay_out(at=NOON)
        said.arrive()
        compared(account)
        there = Payout.objects.get().id
        days = (DAY, DAY + timedelta(days=20))  # a name is proof, whatever the day
        send(ofx((days[0], "40.00", "P1", "STRIPE po_1"), (days[1], "6.52", "P2", "X po_1")))
        check_bank(at=LATER)
        first, second = lines()
        ids = [first.id, second.id]
        seen = [*near_payouts(first), *near_payouts(second), *near_lines(there)]
        assert {(one.gap_cents, one.bookable, len(one.lines)) for one in seen} == {
            (100, True, 2)
        }
        assert len(seen) == 3
        deed = {"payout_id": there, "gap_cents": 100, "at": LATER}
        for alone in ids:  # seven reais of one line are no fee: the other line has them
            with pytest.raises(AmountsDiffer):
                match_with_rest(line_ids=[alone], **deed | {"gap_cents": 752})
        with pytest.raises(AmountsDiffer):
            match_with_rest(line_ids=ids, **deed | {"gap_cents": 99})

        for _ in range(2):
            match_with_rest(line_ids=ids, **deed)
            with pytest.raises(LineMatched):
                match_with_rest(line_ids=ids, **deed)
            check_bank(at=LATER)
            assert standing() == {}
            assert payout(there).rest_cents == 100
            assert ledger_balance("bank") == (Money(4652),)
            assert ledger_balance("fees:bank") == (Money(100),)
            assert ledger_balance("clearing:stripe") == (Money(0),)
            undo_match(line_id=ids[1], at=LATER)
            assert ledger_balance("bank") == ledger_balance("fees:bank") == (Money(0),)
        assert ledger_imbalance() == 0


class TestAPayoutThatComesBack:
    def test_is_let_go_at_once_and_over_when_the_money_goes_again(self, account, said, send):
        said.receive(a_booked_payment(account), fee=238, at=NOON)
        said.pay_out(at=NOON)
        said.arrive()
        compared(account)
        there = Payout.objects.get()
        send(ofx((DAY, "40.00", "P1", "STRIPE po_1"), (DAY, "7.52", "P2", "STRIPE po_1")))
        ids = [one.id for one in lines()]
        match_payout(payout_id=there.id, line_ids=ids, at=LATER)

        said.come_back(at=LATER)
        for _ in range(2):
            compared(account, at=LATER)
            assert standing() == {"payout_returned": "open"}
            assert [line(one).match for one in ids] == [None, None]
            assert ledger_balance("bank") == (Money(0),)
            assert ledger_balance("clearing:stripe") == (Money(4752),)
        row = Difference.objects.get(kind="payout_returned")
        assert (row.payout_id, row.there_cents, row.reopened) == (there.id, 4752, 0)
        for of in (sums_of_payout, near_lines):
            assert of(there.id) == []
        with pytest.raises(AmountsDiffer):
            match_payout(payout_id=there.id, line_ids=ids, at=LATER)

        said.pay_out(at=LATER, name="po_2")
        compared(account, at=LATER)
        assert standing() == {"payout_returned": "open"}  # on its way is not there yet
        said.arrive("po_2")
        compared(account, at=LATER)
        assert standing() == {}
        assert Payout.objects.get(external_id="po_2").parts_cents == 4752
        assert ledger_imbalance() == 0
