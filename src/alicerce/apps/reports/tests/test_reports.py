"""Figures and the rows behind them: whatever a figure says, its rows add up to it."""

from datetime import date, timedelta

import pytest

from alicerce.apps.billing.queries import figures as figures_of_billing
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.recognize import recognize
from alicerce.apps.billing.tests.factories import a_payment, an_account, an_invoice
from alicerce.apps.billing.types import NewLine
from alicerce.apps.catalog.models import Plan
from alicerce.apps.reports.queries import behind as reading
from alicerce.apps.reports.queries.behind import every_row, rows_behind
from alicerce.apps.reports.queries.reports import report
from alicerce.apps.reports.rules import lifetime_value, ratio
from alicerce.apps.reports.services import keep_cost
from alicerce.apps.reports.types import Behind, Ratio, ReportName, Source, Span
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.services.record_movements import record_movements
from alicerce.apps.subscriptions.tests.conftest import letters, provider
from alicerce.apps.subscriptions.tests.factories import NOON, a_subscription
from alicerce.apps.subscriptions.types import EndCause
from alicerce.kernel.money import Money

__all__ = ["letters", "provider"]
SEPTEMBER, OCTOBER = Span(date(2026, 9, 1), 1), Span(date(2026, 10, 1), 1)
TODAY = date(2026, 10, 20)
BRUNO = {"name": "Bruno", "email": "bruno@example.com", "document": "111.444.777-35"}


@pytest.fixture
def book(tenant):
    """Two customers, one of whom left in October; invoices late by all ages; one paid, and one for a year."""
    stays, leaves = (
        a_subscription(),
        a_subscription(priced={"amount_cents": 5_000}, **BRUNO),
    )
    record_movements(at=NOON)
    subscriptions.end(
        subscription_id=leaves.id, cause=EndCause.CUSTOMER, at=NOON + timedelta(days=40)
    )
    record_movements(at=NOON + timedelta(days=41))
    for days in (-3, 10, 45, 75, 120):
        an_invoice(Money(1_000 + days), due_on=TODAY - timedelta(days=days))
    year = NewLine(
        "Ano", 1, Money(36_500), starts_on=date(2026, 9, 1), ends_on=date(2027, 9, 1)
    )
    an_invoice(lines=[year], due_on=TODAY)
    recognize(at=NOON + timedelta(days=49))
    return stays


def figures(found):
    return {one.code: one.value for one in found.figures}


def behind_of(found):
    """Every figure and cell of a report that opens rows, with what it says."""
    for one in found.figures:
        if one.behind:
            yield one.value, one.behind
    for row in [*found.rows, found.sums]:
        for cell in row:
            if cell.behind:
                yield cell.value, cell.behind


class TestEveryFigure:
    @pytest.mark.parametrize("name", list(ReportName))
    def test_is_what_the_rows_behind_it_add_up_to(self, book, name):
        for span in (SEPTEMBER, OCTOBER, Span(OCTOBER.last_month, 3)):
            found = report(name, span, today=TODAY)
            for value, behind in behind_of(found):
                rows = rows_behind(behind, currency="BRL")
                if isinstance(value, int):
                    assert value == rows.count == len(rows.rows), behind
                elif isinstance(value, Money):
                    assert value == rows.total, behind
                assert Behind.parse(str(behind)) == behind

    def test_is_by_its_formula(self, book):
        found = figures(report(ReportName.MRR, OCTOBER, today=TODAY))
        assert (found["mrr"], found["arr"]) == (Money(2_990), Money(2_990 * 12))
        assert (found["churn"], found["new"]) == (Money(-5_000), Money(0))

        left = figures(report(ReportName.CHURN, OCTOBER, today=TODAY))
        assert (left["customers"], left["lost_customers"]) == (1, 1)
        assert (left["customer_churn"], left["revenue_churn"]) == (Ratio(5_000), Ratio(6_258))
        assert (left["arpu"], left["ltv"]) == (Money(2_990), Money(5_980))
        before = figures(report(ReportName.CHURN, SEPTEMBER, today=TODAY))
        assert (before["customer_churn"], before["ltv"]) == (None, None)

        aged = report(ReportName.AGING, OCTOBER, today=TODAY)
        assert [row[2].value.cents for row in aged.rows] == [
            997 + 36_500,
            1_010,
            1_045,
            1_075,
            1_120,
        ]
        later = figures(report(ReportName.DEFERRED, OCTOBER, today=TODAY))
        assert later["deferred"] == Money(36_500 - 49 * 100)
        assert figures(report(ReportName.TAX, OCTOBER, today=TODAY))["tax"] is None

    def test_of_money_counts_what_came_by_its_month_and_method(self, book):
        invoice = an_invoice(Money(700))
        paid = a_payment(invoice.id, amount=Money(700), paid_at=NOON + timedelta(days=35))
        book_payment(account_id=an_account().id, paid=paid, at=NOON)

        found = report(ReportName.COLLECTED, Span(OCTOBER.last_month, 3), today=TODAY)

        assert figures(found)["method:pix"] == Money(2_990 + 5_000 + 700)
        assert [row[-1].value.cents for row in found.rows] == [0, 7_990, 700]

    def test_of_margin_waits_for_what_a_plan_costs(self, book):
        none = report(ReportName.MARGIN, OCTOBER, today=TODAY)
        assert figures(none) == {"margin": None, "margin_share": None, "mrr_with_cost": None}

        plan_id = none.rows[0][0].thing[1]
        assert Plan.objects.filter(pk=plan_id).exists()
        assert keep_cost(plan_id=plan_id, cost=Money(1_000), at=NOON)
        assert not keep_cost(plan_id=plan_id, cost=Money(1_000), at=NOON)

        told = figures(report(ReportName.MARGIN, OCTOBER, today=TODAY))
        assert (told["margin"], told["margin_share"]) == (Money(1_990), Ratio(6_656))
        assert keep_cost(plan_id=plan_id, cost=None, at=NOON)


def test_nothing_is_said_of_nothing():
    assert ratio(5, 0) is None
    facts = {"at_first": 10, "months": 1, "currency": "BRL"}
    assert lifetime_value(1_000, 10, lost=0, **facts) is None
    assert lifetime_value(1_000, 10, lost=1, **facts) == Money(1_000)


def test_rows_of_nonsense_are_refused(tenant):
    for told in ("", "x~y", f"{Source.OWED}~2026-09-01~2026-09-30~z"):
        with pytest.raises(ValueError):  # noqa: PT011  any of them
            rows_behind(Behind.parse(told), currency="BRL")


class TestMoreRowsThanAPageShows:
    @pytest.fixture
    def many(self, tenant, monkeypatch):
        """Few are shown and few are read at a time; the last of them is another customer's."""
        monkeypatch.setattr(reading, "SOME", 4)
        monkeypatch.setattr(figures_of_billing, "SOME", 3)
        for number in range(10):
            an_invoice(Money(100 + number), due_on=TODAY)
        return Behind(Source.OWED, TODAY, TODAY)

    def test_are_all_added_up_and_all_in_the_file(self, many):
        shown = rows_behind(many, currency="BRL", most=2)
        _columns, every = every_row(many, currency="BRL")

        assert (len(shown.rows), shown.count, shown.total) == (2, 10, Money(1_045))
        rows = list(every)
        assert len(rows) == 10
        assert rows[:2] == list(shown.rows)
        assert all(row[1].value for row in rows)
