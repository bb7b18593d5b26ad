"""A comparison finds each kind of difference once, and closes it when it vanishes."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Payment
from alicerce.apps.billing.ports import ProviderRefund
from alicerce.apps.billing.tests.factories import NOON, an_invoice
from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.apps.ledger.models import LedgerEntry, LedgerTransaction
from alicerce.apps.ledger.public import ledger_balance, ledger_imbalance
from alicerce.apps.ledger.types import Posting
from alicerce.apps.reconciliation.events import DifferenceFound, DifferenceResolved, PayoutPaid
from alicerce.apps.reconciliation.models import Difference, Movement, Payout, Run
from alicerce.apps.reconciliation.rules.windows import slot, window
from alicerce.apps.reconciliation.services.begin_run import begin_due_runs
from alicerce.apps.reconciliation.services.take_run import take_run
from alicerce.apps.reconciliation.tests.factories import (
    LATER,
    a_booked_payment,
    a_card_payment,
    compared,
    standing,
)
from alicerce.apps.reconciliation.types import RunStatus, Span, Tally
from alicerce.kernel.http import Unavailable, Unknown
from alicerce.kernel.money import Money


class TestAgreement:
    def test_books_the_fee_once_and_sums_both_sides(self, account, said):
        paid = a_booked_payment(account)
        said.receive(paid, fee=238, at=NOON)

        run = compared(account)
        compared(account)

        assert standing() == {}
        assert run.tallies() == {"BRL": Tally(4990, 4990, 4990)}
        assert ledger_balance("fees:stripe") == (Money(238),)
        assert ledger_balance("clearing:stripe") == (Money(4752),)
        assert ledger_imbalance() == 0


class TestDifferences:
    def test_a_payment_that_only_the_provider_knows_is_found_healed_and_closed(
        self, account, said, published
    ):
        paid = a_card_payment()
        said.receive(paid, fee=238, at=NOON)

        compared(account)
        compared(account)
        assert standing() == {"missing_here": "open"}
        (row,) = Difference.objects.all()
        assert (row.there_cents, row.here_cents, row.reference) == (4990, None, paid.reference)

        billing.book_payment(account_id=account.id, paid=paid, at=LATER)
        compared(account)

        assert standing() == {}
        told = [type(fact) for fact in published]
        assert told.count(DifferenceFound) == told.count(DifferenceResolved) == 1

    def test_a_payment_that_only_we_know_is_asked_for_before_it_counts(self, account, said):
        old = a_booked_payment(account)
        said.receive(old, at=NOON - timedelta(days=400))  # before any window, but it is there
        a_booked_payment(account)

        run = compared(account)

        assert standing() == {"missing_there": "open"}
        assert run.tallies()["BRL"] == Tally(4990, 9980, 9980)

    def test_one_that_is_on_record_and_nobody_s_is_a_row_until_it_goes_back(
        self, account, said
    ):
        stray = replace(a_card_payment(), invoice_id=None)
        said.receive(stray, at=NOON)
        billing.book_payment(account_id=account.id, paid=stray, at=NOON)

        compared(account)
        row = Difference.objects.get()
        assert (row.kind, row.there_cents, row.here_cents) == ("payment_unclaimed", 4990, 0)

        refund = ProviderRefund("re_1", stray.reference, Money(4990), RefundStatus.SUCCEEDED)
        billing.follow_refund(account_id=account.id, told=refund, at=LATER)
        said.give_back(refund, at=NOON)
        compared(account)
        assert standing() == {}

    def test_another_amount_is_one_row_with_both_figures(self, account, said):
        paid = a_booked_payment(account)
        said.receive(replace(paid, amount=Money(5000)), at=NOON)

        compared(account)

        row = Difference.objects.get()
        assert (row.kind, row.there_cents, row.here_cents) == ("amount", 5000, 4990)

    def test_a_ledger_that_says_otherwise_is_found(self, account, said):
        paid = a_card_payment(invoice_id=an_invoice().id)
        said.receive(paid, at=NOON)
        Payment(
            provider="stripe",
            reference=paid.reference,
            account_id=account.id,
            invoice_id=paid.invoice_id,
            method="card",
            amount_cents=4990,
            currency="BRL",
            received_at=NOON,
            fit="applied",
        ).save(force_insert=True)

        compared(account)
        row = Difference.objects.get()
        assert (row.kind, row.here_cents, row.posted_cents) == ("ledger", 4990, 0)

        sides = [Posting("clearing:stripe", Money(4990)), Posting("suspense", -Money(4990))]
        key = f"payment:stripe:{paid.reference}"
        LedgerTransaction.post(kind="payment.received", key=key, postings=sides, at=LATER)
        compared(account)
        assert standing() == {}

    def test_a_fee_in_the_books_that_is_another_is_found(self, account, said):
        paid = a_booked_payment(account)
        told = said.receive(paid, fee=238, at=NOON)
        wrong = {"provider": "stripe", "reference": told.external_id, "amount": Money(100)}
        billing.book_fee(**wrong, at=NOON)

        compared(account)

        row = Difference.objects.get()
        assert (row.kind, row.there_cents, row.posted_cents) == ("fee", 238, 100)

    @pytest.mark.parametrize(
        ("told", "kind"),
        [
            (RefundStatus.SUCCEEDED, {"missing_here": "open"}),
            (RefundStatus.PENDING, {"missing_here": "open"}),
            (RefundStatus.FAILED, {}),
        ],
    )
    def test_a_refund_that_only_the_provider_knows(self, account, said, told, kind):
        paid = a_booked_payment(account)
        said.receive(paid, at=NOON)
        refund = ProviderRefund("re_1", paid.reference, Money(1000), told)
        said.give_back(refund, at=NOON)

        compared(account)

        assert standing() == kind
        billing.follow_refund(account_id=account.id, told=refund, at=LATER)
        compared(account)
        assert standing() == {}

    def test_a_refund_that_ended_otherwise_and_one_that_nobody_else_knows(self, account, said):
        paid = a_booked_payment(account)
        said.receive(paid, at=NOON)
        gone = ProviderRefund("re_1", paid.reference, Money(1000), RefundStatus.SUCCEEDED)
        billing.follow_refund(account_id=account.id, told=gone, at=LATER - timedelta(hours=1))
        compared(account)
        assert standing() == {"missing_there": "open"}

        said.give_back(replace(gone, status=RefundStatus.FAILED), at=NOON)
        compared(account)
        assert standing() == {"status": "open"}

        billing.follow_refund(
            account_id=account.id, told=replace(gone, status=RefundStatus.FAILED), at=LATER
        )
        compared(account)
        assert standing() == {}

    def test_one_that_returns_is_opened_again_and_an_explained_one_when_it_changes(
        self, account, said
    ):
        paid = a_booked_payment(account)
        told = said.receive(replace(paid, amount=Money(5000)), at=NOON)
        compared(account)
        row = Difference.objects.get()
        row.explain("combinado com o provedor")

        compared(account)
        assert standing() == {"amount": "explained"}
        said.told[told.external_id] = replace(told, amount=Money(5100))
        compared(account)
        assert standing() == {"amount": "open"}
        said.told[told.external_id] = replace(told, amount=paid.amount)
        compared(account)
        assert standing() == {}
        said.told[told.external_id] = told
        compared(account)

        row.refresh_from_db()
        assert (row.state, row.reopened) == ("open", 2)

    def test_one_outside_of_every_window_is_still_looked_at(self, account, said):
        paid = a_card_payment()
        said.receive(paid, at=NOON)
        compared(account)
        billing.book_payment(account_id=account.id, paid=paid, at=NOON)

        compared(account, at=LATER + timedelta(days=120))

        assert standing() == {}


class TestPayouts:
    def test_say_once_that_they_arrived_and_of_what_they_are_made(
        self, account, said, published
    ):
        said.receive(a_booked_payment(account), fee=238, at=NOON)
        said.pay_out(at=NOON)
        compared(account)
        assert Payout.objects.get().status == "in_transit"

        said.arrive()
        compared(account)
        compared(account)

        payout = Payout.objects.get()
        assert (payout.status, payout.amount_cents, payout.parts_cents) == ("paid", 4752, 4752)
        assert Movement.objects.get().payout_id == payout.id
        assert [type(fact) for fact in published].count(PayoutPaid) == 1
        assert standing() == {}

    def test_one_that_is_short_of_what_it_is_made_of_is_found(self, account, said):
        said.receive(a_booked_payment(account), fee=238, at=NOON)
        said.pay_out(short=100, at=NOON)

        compared(account)

        row = Difference.objects.get()
        assert (row.kind, row.there_cents, row.here_cents) == ("payout_amount", 4652, 4752)

    def test_one_of_another_company_at_the_same_account_is_theirs(self, account, said):
        told = said.receive(a_card_payment(), at=NOON - timedelta(days=60))
        said.pay_out(at=NOON)
        said.told[told.external_id] = replace(told, happened_at=NOON - timedelta(days=60))

        compared(account)

        assert Payout.objects.count() == 0


class TestRuns:
    def test_go_page_by_page_and_on_from_the_page_that_was_not_read(self, account, said):
        said.size = 2
        for _ in range(5):
            said.receive(a_booked_payment(account), at=NOON)
        said.trouble = []
        run_id = _begun(account)
        reads = said.movements

        def break_on_third(since, until, after):
            if after == "4":
                raise Unknown("cut off")
            return reads(since, until, after)

        said.movements = break_on_third
        assert not take_run(run_id=run_id, at=LATER)
        run = Run.objects.get(pk=run_id)
        assert (run.status, run.seen, run.cursor) == (RunStatus.UNKNOWN, 4, "4")

        said.movements = reads
        begin_due_runs(at=LATER)
        take_run(run_id=run_id, at=LATER)

        run.refresh_from_db()
        assert (run.status, run.tallies()["BRL"]) == (
            RunStatus.DONE,
            Tally(24950, 24950, 24950),
        )

    def test_a_provider_that_is_down_leaves_it_unknown_and_closes_nothing(self, account, said):
        said.receive(a_card_payment(), at=NOON)
        compared(account)
        said.told.clear()
        said.trouble = [Unavailable("down")]

        run = compared(account)

        assert run.status == RunStatus.UNKNOWN
        assert run.trouble == "Unavailable: down"
        assert standing() == {"missing_here": "open"}

    def test_two_that_take_the_same_page_write_it_once(self, account, said):
        said.receive(a_booked_payment(account), fee=238, at=NOON)
        run_id = _begun(account)
        reads, nested = said.movements, []

        def taken_meanwhile(since, until, after):
            page = reads(since, until, after)
            if not nested:
                nested.append(True)
                take_run(run_id=run_id, at=LATER)
            return page

        said.movements = taken_meanwhile
        take_run(run_id=run_id, at=LATER)

        run = Run.objects.get(pk=run_id)
        assert (run.status, run.seen) == (RunStatus.DONE, 2)  # once by each side
        assert LedgerEntry.objects.filter(account="fees:stripe").count() == 1

    def test_the_clock_begins_one_of_each_kind_per_slot(self, account, said):
        assert begin_due_runs(at=LATER) == 2
        assert begin_due_runs(at=LATER) == 0
        assert begin_due_runs(at=LATER + timedelta(minutes=15)) == 2  # the night's stalled
        assert set(Run.objects.values_list("span", flat=True)) == {"recent", "nightly"}


class TestWindows:
    def test_look_back_two_days_or_ninety_but_not_before_the_account_was_ours(self):
        opened = NOON - timedelta(days=30)
        settled = NOON - timedelta(minutes=2)

        assert window(span=Span.RECENT, connected_at=opened, at=NOON) == (
            settled - timedelta(days=2),
            settled,
        )
        assert window(span=Span.NIGHTLY, connected_at=opened, at=NOON) == (opened, settled)
        assert window(span=Span.ASKED, connected_at=NOON, at=NOON) == (NOON, NOON)

    def test_the_night_is_the_company_s_own(self):
        zone = ZoneInfo("America/Sao_Paulo")
        two = NOON.replace(hour=5)

        assert slot(span=Span.NIGHTLY, at=two, zone=zone) is None
        assert slot(span=Span.NIGHTLY, at=two.replace(hour=6), zone=zone) == "2026-09-01"
        assert slot(span=Span.RECENT, at=NOON.replace(minute=14), zone=zone) == slot(
            span=Span.RECENT, at=NOON, zone=zone
        )


def _begun(account):
    begin_due_runs(at=LATER)
    return Run.objects.get(account_id=account.id, span=Span.RECENT).id
