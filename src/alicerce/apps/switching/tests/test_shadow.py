"""The brought book is billed beside the other program, and compared to the cent before it is billed here."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from alicerce.apps.billing.models import Invoice, Wallet
from alicerce.apps.notify.models import Message
from alicerce.apps.subscriptions.models import BilledPeriod, Subscription
from alicerce.apps.subscriptions.services.billing_run import begin_run, bill_some
from alicerce.apps.switching.errors import AlreadyHere, NoComparison, UnexplainedLeft
from alicerce.apps.switching.models import (
    Link,
    OldInvoice,
    Shadow,
    ShadowDifference,
    StagedRow,
    Switch,
    WouldBeInvoice,
)
from alicerce.apps.switching.queries.balances import balances
from alicerce.apps.switching.rules.both import Beside, Books, Ours, Service, Theirs
from alicerce.apps.switching.rules.comparing import compare
from alicerce.apps.switching.services.compare import ask_comparison
from alicerce.apps.switching.services.course import begin_crossing, begin_undoing
from alicerce.apps.switching.services.upload import start_bringing
from alicerce.apps.switching.tests.factories import LATER, NOON, bring, read
from alicerce.apps.switching.types import DifferenceKind, Place
from alicerce.apps.taxes.services import exempt_customer
from alicerce.apps.taxes.tests.factories import a_tax
from alicerce.apps.taxes.types import TaxKind
from alicerce.kernel.testing import run_jobs

WHO = uuid4()
DUE, NEXT = date(2026, 11, 10), date(2026, 12, 10)
KEY = (Place.HOSTING, 1, DUE)
OURS = Ours(2990, "BRL", WHO, DUE, NEXT)
RUNS = Service(
    is_ours=True, customer_id=WHO, runs_here=True, status_here="active", status_there="active"
)


def theirs(cents, words=""):
    return Theirs(cents, "BRL", 7, words)


def only_kind(service, ours=None, there=None, **more):
    books = Books(
        {KEY: ours} if ours else {}, {KEY: there} if there else {}, {KEY[:2]: service}, **more
    )
    found = compare(books)
    assert sum(found.theirs.values()) - sum(found.ours.values()) == sum(
        one.cents for one in found.differences
    )
    return [one.kind.value for one in found.differences]


class TestComparing:
    def test_says_nothing_of_what_agrees(self):
        assert only_kind(RUNS, OURS, theirs(2990)) == []

    @pytest.mark.parametrize(
        ("changes", "ours", "there", "kind"),
        [
            ({}, OURS, theirs(2991), "amount"),
            ({"prices": frozenset({3490})}, OURS, theirs(3490), "price_changed"),
            ({"prices": frozenset({3490})}, OURS, theirs(3491), "amount"),
            ({"changed_here": True}, OURS, theirs(2991), "changed_here"),
            ({}, OURS, theirs(1495, "X (10/11/2026 - 24/11/2026)"), "prorated"),
            ({}, OURS, theirs(1496, "X (10/11/2026 - 24/11/2026)"), "amount"),
            ({}, OURS, None, "only_here"),
            (
                {"due_there": date(2026, 10, 10), "next_there": DUE},
                OURS,
                None,
                "awaits_payment",
            ),
            ({"changed_there": True, "status_there": "suspended"}, OURS, None, "changed_there"),
            ({}, None, theirs(2990), "only_there"),
            ({"runs_here": False}, None, theirs(2990), "not_running"),
            ({"is_ours": False, "is_new": True}, None, theirs(2990), "new_service"),
            ({"is_ours": False}, None, theirs(2990), "not_brought"),
            ({"status_there": "ended"}, None, None, "status"),
            ({"next_here": DUE, "next_there": NEXT}, None, None, "next_date"),
        ],
    )
    def test_tells_why_books_differ(self, changes, ours, there, kind):
        service = Service(**{**{n: getattr(RUNS, n) for n in RUNS.__slots__}, **changes})

        assert only_kind(service, ours, there) == [kind]

    def test_counts_what_belongs_to_no_period(self):
        fee = Beside(DifferenceKind.LATE_FEE, 7, 500, "BRL", "Multa")

        assert only_kind(RUNS, OURS, theirs(2990), beside=[fee]) == ["late_fee"]

    def test_takes_a_canceled_invoice_for_a_reason(self):
        canceled = frozenset({KEY})

        assert only_kind(RUNS, OURS, None, canceled=canceled) == ["changed_there"]


class TestAShadow:
    def test_leaves_no_difference_unexplained_and_sends_nothing(self, tenant, dumps):
        bring(dumps[0])
        before = list(Subscription.objects.order_by("id").values())

        read(dumps[1])

        shadow = Shadow.objects.get()
        found = list(ShadowDifference.objects.all())
        assert shadow.matched > 10
        assert all(one.is_explained for one in found), [one.view() for one in found]
        assert sum(shadow.theirs.values()) - sum(shadow.ours.values()) == sum(
            one.view().cents for one in found
        )
        would_be = WouldBeInvoice.objects.values_list("total_cents", flat=True)
        assert sum(would_be) == sum(shadow.ours.values())
        assert before == list(Subscription.objects.order_by("id").values())
        assert not Invoice.objects.exists()
        assert not Message.objects.exists()

    def test_adds_taxes_on_top_to_the_cent_and_finds_a_wrong_rate(self, tenant, dumps):
        bring(dumps[0])
        taxed = dict(
            StagedRow.objects.filter(place="tblclients").values_list(
                "source_id", "body__taxexempt"
            )
        )
        long_ago = {"starts_on": date(2026, 1, 1), "at": NOON - timedelta(days=400)}
        a_tax(rate_ppm=20_000, **long_ago)
        for link in Link.objects.filter(place="tblclients"):
            if str(taxed[link.source_id]) == "1":
                exempt_customer(
                    customer_id=link.entity_id, kind=TaxKind.ISS, starts_on=date(2026, 1, 1),
                    ends_on=None, reason="isento lá", at=NOON,
                )  # fmt: skip
        later = read(dumps[1])
        shadow = Shadow.objects.get()

        found = list(ShadowDifference.objects.all())
        assert all(one.is_explained for one in found), [one.view() for one in found]
        of_taxes = [one.view().cents for one in found if one.kind == "tax"]
        would_be = WouldBeInvoice.objects.values_list("total_cents", flat=True)
        assert sum(would_be) == sum(shadow.ours.values()) > 0
        assert sum(shadow.theirs.values()) - sum(shadow.ours.values()) == sum(
            one.view().cents for one in found
        )

        a_tax(name="Outro", kind=TaxKind.OTHER, rate_ppm=30_000, **long_ago)
        ask_comparison(dump_id=later.id, at=NOON)
        run_jobs()
        wrong = ShadowDifference.objects.filter(is_explained=False)
        assert {one.kind for one in wrong} == {"tax_amount"}, of_taxes

    def test_finds_one_cent(self, tenant, dumps, dear_cent):
        bring(dumps[0])
        later = read(dear_cent)
        start_bringing(dump_id=later.id, servers={}, at=NOON)
        run_jobs()

        [found] = ShadowDifference.objects.filter(is_explained=False)
        assert (found.kind, found.view().cents) == ("amount", 1)
        with pytest.raises(UnexplainedLeft):
            begin_crossing(at=NOON)


class TestCrossing:
    def test_needs_a_comparison_with_the_newest_dump(self, tenant, dumps):
        bring(dumps[0])

        with pytest.raises(NoComparison):
            begin_crossing(at=NOON)

    def test_takes_over_what_is_owed_and_held_and_bills_from_then_on(self, tenant, dumps):
        bring(dumps[0])
        later = bring(dumps[1])
        running = Subscription.objects.filter(status="active", cancel_at_period_end=False)
        expected = {one.id: one.next_starts_on for one in running}

        begin_crossing(at=NOON)
        run_jobs()

        assert Switch.objects.get().course == "here"
        assert all(one.are_equal for one in balances(later))
        owed = OldInvoice.objects.filter(owed_cents__gt=0)
        assert owed.count() == Invoice.objects.filter(series="W", status="open").count() > 0
        assert not Invoice.objects.filter(series="A").exists()
        assert {one.number for one in Invoice.objects.all()} == set(
            owed.values_list("source_id", flat=True)
        )
        assert all(wallet.balance_cents > 0 for wallet in Wallet.objects.all())
        assert not Message.objects.exists()
        with pytest.raises(AlreadyHere):
            begin_undoing(at=NOON)

        on = LATER + timedelta(days=14)
        run_id = begin_run(on=on, at=NOON)
        while bill_some(run_id=run_id, on=on, at=NOON).customers:
            pass
        for period in BilledPeriod.objects.all():
            assert period.starts_on >= expected[period.subscription_id]
