"""The demonstration's verdict: it must be able to say no."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alicerce.apps.audit.types import Fault, Verdict
from alicerce.project.demonstration.observation import Delivery
from alicerce.project.demonstration.report import Outcome
from alicerce.project.demonstration.run import is_over

PAID_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
LIVE = Delivery(
    number=1,
    invoice="paid",
    paid_at=PAID_AT,
    active_at=PAID_AT + timedelta(seconds=2),
    service="active",
    username="loja1",
    server="br-1",
    domain="loja-1.com.br",
    attempts=7,
)
UNPAID = replace(LIVE, number=2, invoice="open", paid_at=None, service=None, domain="b.com.br")
SEALED = Verdict(tenant_id="a", entries=9, sealed=9, head="f00", authenticated=True)
PROVED = Outcome(
    orders=1,
    seed=1,
    seconds=4.0,
    deliveries=[LIVE],
    stuck=[],
    accounts=[("br-1", "loja1", "loja-1.com.br")],
    imbalances=0,
    verdicts=[SEALED],
    kills=0,
    chaos=False,
)


def test_a_paid_order_with_one_live_account_proves_the_main_job():
    assert PROVED.complaints == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"stuck": ["the order form answered 500"]}, "the order form answered 500"),
        ({"deliveries": [replace(LIVE, service="error")]}, "order 1 is not live"),
        ({"orders": 2}, "1 of 2 were paid"),
        ({"accounts": PROVED.accounts * 2}, "loja-1.com.br has 2 accounts"),
        ({"accounts": []}, "loja-1.com.br has no account"),
        (
            {"accounts": [*PROVED.accounts, ("br-2", "outra", "outra.com.br")]},
            "outra.com.br has an account nobody paid for",
        ),
        ({"imbalances": 1}, "1 ledger transactions do not balance"),
        (
            {"verdicts": [replace(SEALED, fault=Fault.EDITED, where="7")]},
            f"audit of {SEALED.tenant_id}: edited at 7",
        ),
        ({"verdicts": [replace(SEALED, sealed=0)]}, "no audit entry is sealed"),
    ],
)
def test_whatever_is_wrong_is_said_and_proves_nothing(change, complaint):
    outcome = replace(PROVED, **change)

    assert complaint in outcome.complaints
    assert not outcome.is_proved
    assert f"NOT PROVED: {complaint}" in outcome.as_text()


class TestTheWatchIsOver:
    def test_when_all_that_was_bought_is_live(self):
        assert is_over([LIVE], bought=1)

    def test_and_waits_for_no_visitor_who_got_stuck_before_paying(self):
        assert is_over([LIVE, UNPAID], bought=1)

    def test_but_for_a_payment_that_is_not_booked_yet(self):
        assert not is_over([LIVE, UNPAID], bought=2)

    def test_but_for_a_paid_order_that_is_not_live_whoever_got_stuck(self):
        late = replace(LIVE, number=3, service="creating")

        assert not is_over([LIVE, late], bought=1)
