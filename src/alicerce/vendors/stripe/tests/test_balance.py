"""The balance says what each payment left, and what was paid out of it; the client reads it page by page."""

from datetime import timedelta

import pytest

from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.vendors.stripe.simulator.problems import Problem


@pytest.fixture
def paid(account, client, open_session):
    account.provider.pay(open_session(cents=10_000).id)
    (session,) = account.provider.sessions()
    return session["payment_intent"]


def movements(client, **narrowed):
    return client.balance_page(**narrowed)[0]


def test_a_payment_leaves_its_net_and_says_whose_it_is(client, paid):
    (one,) = movements(client, since=now() - timedelta(hours=1))

    assert (one.type, one.amount, one.fee, one.net) == ("charge", 10_000, 438, 9_562)
    assert (one.payment_intent, one.metadata["invoice"]) == (paid, "i1")
    charge = client.get_payment_intent(paid).charge
    assert [same.id for same in movements(client, source=charge)] == [one.id]


def test_a_refund_leaves_it_once_and_comes_back_when_it_fails(account, client, paid):
    made = client.create_refund(
        payment_intent=paid, amount=Money(4_000), metadata={}, idempotency_key="r1"
    )
    account.provider.refunds.settle(made.id, succeeded=False)

    moves = [(one.type, one.net, one.source) for one in movements(client)][:2]
    assert moves == [("refund_failure", 4_000, made.id), ("refund", -4_000, made.id)]


def test_a_payout_says_of_what_it_is_made_and_how_it_ended(account, client, paid):
    sent = account.provider.balance.pay_out(short=100)
    account.provider.balance.arrive(sent["id"])

    (payout,) = client.payouts_page()[0]
    assert (payout.amount, payout.status, payout.automatic) == (9_462, "paid", True)
    made_of = {one.type: one.net for one in movements(client, payout=payout.id)}
    assert made_of == {"charge": 9_562, "payout": -9_462}
    with pytest.raises(Problem):
        account.provider.balance.pay_out()

    account.provider.balance.arrive(sent["id"], succeeded=False)
    again = account.provider.balance.pay_out()
    made_of = {one.type: (one.net, one.source) for one in movements(client, payout=again["id"])}
    assert made_of == {
        "payout_failure": (9_462, sent["id"]),
        "payout": (-9_462, again["id"]),
    }


def test_pages_follow_each_other_without_a_gap(account, client, open_session, monkeypatch):
    monkeypatch.setattr("alicerce.vendors.stripe.client.PAGE_SIZE", 2)
    for number in range(5):
        account.provider.pay(open_session(key=f"k{number}").id)

    seen, after = [], ""
    while page := client.balance_page(after=after):
        seen += [one.id for one in page[0]]
        if not (after := page[1]):
            break

    assert len(set(seen)) == len(seen) == 5
