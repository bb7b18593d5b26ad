"""How the simulated PSP calls back: in batches, and as badly as real ones."""

import json
import queue

import pytest

from alicerce.kernel.money import Money
from alicerce.vendors.pix.simulator import NotPayable
from alicerce.vendors.pix.wire import read_callback

TXID = "a" * 32
OTHER = "b" * 32


@pytest.fixture
def watched(client, charge, receiver, psp):
    """Two charges, and our door open for callbacks about them."""
    client.put_webhook(receiver.url)
    charge()
    charge(txid=OTHER)
    return receiver


def e2eids(call):
    return [pix.e2eid for pix in read_callback(json.dumps(call[1]).encode())]


def test_a_payment_is_told_under_the_suffix(watched, psp):
    paid = psp.provider.pay(TXID)

    call = watched.next()
    assert call[0] == "/hook/pix"
    assert e2eids(call) == paid
    assert len(paid[0]) == 32


def test_payments_at_once_come_in_one_batch(watched, psp):
    paid = psp.provider.pay(TXID, Money(1), times=3)

    assert e2eids(watched.next()) == paid


def test_can_be_sent_again(watched, psp):
    (e2eid,) = psp.provider.pay(TXID)
    watched.next()

    psp.provider.resend(e2eid)

    assert e2eids(watched.next()) == [e2eid]


def test_may_come_twice(watched, psp):
    psp.faults.arm("duplicate", match="pix.callback")
    psp.provider.pay(TXID)

    assert watched.next() == watched.next()


def test_may_never_come(watched, psp):
    psp.faults.arm("drop", match="pix.callback")
    psp.provider.pay(TXID)
    later = psp.provider.pay(OTHER)

    assert e2eids(watched.next()) == later
    assert watched.is_idle


def test_may_be_overtaken(watched, psp):
    psp.faults.arm("reorder", match="pix.callback")
    first = psp.provider.pay(TXID)
    second = psp.provider.pay(OTHER)

    assert [e2eids(watched.next()), e2eids(watched.next())] == [second, first]


def test_comes_again_until_it_is_taken(watched, psp):
    watched.refusals = 1
    paid = psp.provider.pay(TXID)

    assert e2eids(watched.next()) == paid


def test_nothing_is_told_where_nobody_asked(charge, psp, receiver):
    charge()
    psp.provider.pay(TXID)

    with pytest.raises(queue.Empty):
        receiver.peek()


class TestPay:
    def test_what_was_paid_is_not_paid_again_unless_banks_race(self, charge, psp):
        charge()
        psp.provider.pay(TXID)

        with pytest.raises(NotPayable):
            psp.provider.pay(TXID)
        assert len(psp.provider.pay(TXID, even_if_refused=True)) == 1
        assert len(psp.provider.charge(TXID)["pix"]) == 2

    def test_an_expired_charge_is_not_paid(self, charge, psp):
        expires_at = charge(seconds=1).expires_at
        psp.provider.clock = lambda: expires_at.replace(year=expires_at.year + 1)

        with pytest.raises(NotPayable):
            psp.provider.pay(TXID)

    def test_an_unheard_of_charge_is_not_paid(self, psp):
        with pytest.raises(NotPayable):
            psp.provider.pay("z" * 32, even_if_refused=True)
