"""Money neither appears nor disappears."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alicerce.apps.billing.rules.charging import idempotency_key, window
from alicerce.apps.billing.rules.fitting import Asked, fit_of
from alicerce.apps.billing.rules.postings import (
    MixedLines,
    invoice_opened,
    invoice_voided,
    payment_received,
    total_of,
)
from alicerce.apps.billing.types import PAYABLE, InvoiceStatus, Misfit, NewLine, PaymentFit
from alicerce.kernel.money import Money

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
SOMEBODY = UUID(int=1)
cents = some.integers(min_value=0, max_value=10**12)
amounts = some.builds(Money, cents, some.sampled_from(["BRL", "USD"]))
fits = some.sampled_from(list(PaymentFit))


def summed(postings):
    return sum(posting.amount.cents for posting in postings)


class TestPostings:
    @given(amounts)
    def test_of_an_invoice_sum_to_zero_and_a_void_one_undoes_them(self, total):
        opened = invoice_opened(total=total, customer_id=SOMEBODY)
        voided = invoice_voided(total=total, customer_id=SOMEBODY)

        assert summed(opened) == summed(voided) == 0
        for account in ("receivable", "revenue"):
            assert summed(p for p in opened + voided if p.account == account) == 0

    @given(amounts, fits)
    def test_of_a_payment_sum_to_zero_whatever_becomes_of_it(self, amount, fit):
        written = payment_received(amount=amount, provider="pix", fit=fit, customer_id=SOMEBODY)

        assert summed(written) == 0
        assert all(p.amount.cents and p.amount.currency == amount.currency for p in written)

    @given(amounts, fits)
    def test_owe_the_provider_for_all_that_came(self, amount, fit):
        written = payment_received(amount=amount, provider="pix", fit=fit, customer_id=None)

        assert summed(p for p in written if p.account == "clearing:pix") == amount.cents


class TestTotal:
    @given(some.lists(some.tuples(some.integers(1, 99), cents), min_size=1, max_size=20))
    def test_is_the_sum_of_its_lines(self, pairs):
        lines = [NewLine("x", quantity, Money(unit)) for quantity, unit in pairs]

        assert total_of(lines).cents == sum(quantity * unit for quantity, unit in pairs)

    @pytest.mark.parametrize(
        "lines",
        [
            [],
            [NewLine("x", 1, Money(1)), NewLine("y", 1, Money(1, "USD"))],
            [NewLine("x", 1, Money(1)), NewLine("desconto", 1, Money(-2))],
            [NewLine("x", 0, Money(1))],
            [NewLine("x", -1, Money(-1))],
        ],
    )
    def test_of_what_cannot_be_asked_is_refused(self, lines):
        with pytest.raises(MixedLines):
            total_of(lines)


class TestFit:
    @given(amounts, amounts, some.sampled_from(list(InvoiceStatus)))
    def test_is_exact_or_not_at_all(self, amount, total, status):
        fit, misfit = fit_of(amount=amount, asked=Asked(total, status))

        exact = amount == total and status in PAYABLE  # late money is always accepted
        assert (fit == PaymentFit.APPLIED) is exact is (misfit is None)

    def test_of_nobody_knows_what_is_flagged(self):
        assert fit_of(amount=Money(1), asked=None) == (PaymentFit.FLAGGED, Misfit.NO_INVOICE)


class TestWindow:
    @given(some.timedeltas(timedelta(0), timedelta(days=400)))
    def test_always_moves_on_and_never_leaves_a_gap(self, outage):
        cursor, at = NOON, NOON + outage + timedelta(seconds=1)

        since, until = window(cursor=cursor, opened_at=NOON - timedelta(days=9), at=at)

        assert since <= cursor - timedelta(hours=48) or since <= cursor
        assert cursor < until <= at

    def test_starts_no_earlier_than_the_account(self):
        since, _ = window(cursor=NOON, opened_at=NOON, at=NOON + timedelta(minutes=15))

        assert since == NOON


def test_a_charge_is_named_by_what_it_asks():
    named = {
        idempotency_key(
            tenant_id=SOMEBODY, invoice_id=SOMEBODY, attempt=attempt, amount=Money(total)
        )
        for attempt in (1, 2)
        for total in (10, 20)
    }

    assert len(named) == 4
