"""What PSPs send, as they really send it."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alicerce.kernel.money import Money
from alicerce.vendors.pix.txid import txid_for
from alicerce.vendors.pix.valor import read_valor, write_valor
from alicerce.vendors.pix.wire import Garbled, read_callback, read_charge

E2E = "E1234567820261121120000000000001"
PIX = {
    "endToEndId": E2E,
    "valor": "37.00",
    "horario": "2026-11-21T12:00:00.123Z",
    "txid": "x" * 32,
}
REFUND = {"id": "D1", "rtrId": "R" * 32, "valor": "7.00", "status": "DEVOLVIDO", "horario": {}}


def called_back(pix):
    return read_callback(json.dumps({"pix": pix}).encode())


LEAVES = st.none() | st.booleans() | st.floats(allow_nan=False) | st.text()


def one_deeper(inner: st.SearchStrategy) -> st.SearchStrategy:
    return inner | st.lists(inner) | st.dictionaries(st.sampled_from([*PIX, "x"]), inner)


JSON = one_deeper(one_deeper(one_deeper(LEAVES)))


class TestCallback:
    def test_reads_a_batch(self):
        first, second = called_back(
            [PIX, PIX | {"endToEndId": E2E[:-1] + "2", "valor": "0.01"}]
        )

        assert first.amount == Money(3700)
        assert first.at == datetime(2026, 11, 21, 12, 0, 0, 123000, tzinfo=UTC)
        assert second.amount == Money(1)

    def test_is_not_fooled_by_depth_or_length(self):
        with pytest.raises(Garbled):
            read_callback(b"[" * 200_000)

        assert called_back(PIX | {"endToEndId": "E" * 65}) == []

    def test_reads_a_bare_object_with_a_bare_refund_and_fields_unheard_of(self):
        (pix,) = called_back(PIX | {"devolucoes": REFUND, "gnExtras": {"tarifa": "0.10"}})

        assert pix.e2eid == E2E
        assert [(r.id, r.amount, r.status) for r in pix.refunds] == [
            ("D1", Money(700), "DEVOLVIDO")
        ]

    def test_a_pix_to_the_bare_key_has_no_txid(self):
        (pix,) = called_back([{k: v for k, v in PIX.items() if k != "txid"}])

        assert pix.txid is None

    def test_one_unreadable_item_does_not_silence_the_others(self):
        assert len(called_back([{"valor": "1.00"}, "?", PIX, PIX | {"valor": 37.0}])) == 1

    @pytest.mark.parametrize("raw", [b"", b"\xff", b"[]", b"<html>", b'"pix"'])
    def test_garbage_is_garbled(self, raw):
        with pytest.raises(Garbled):
            read_callback(raw)

    def test_a_ping_says_nothing(self):
        assert read_callback(b'{"evento":"teste_webhook"}') == []

    @given(JSON)
    def test_never_fails_otherwise(self, pix):
        called_back(pix)


class TestCharge:
    def test_unreadable_is_garbled(self):
        for said in ({}, [], None, {"calendario": {"criacao": "ontem", "expiracao": 1}}):
            with pytest.raises(Garbled):
                read_charge(said)


class TestValor:
    @given(st.integers(1, 999_999_999_999))
    def test_there_and_back(self, cents):
        assert read_valor(write_valor(Money(cents))) == Money(cents)

    @pytest.mark.parametrize(
        "text", ["37", "37.0", "37,00", " 37.00", "-1.00", "1e2", "٣٧.00", 37.0]
    )
    def test_takes_nothing_else(self, text):
        with pytest.raises(ValueError, match="not a Pix amount"):
            read_valor(text)

    @pytest.mark.parametrize("amount", [Money(0), Money(-1), Money(100, "USD"), Money(10**13)])
    def test_writes_only_what_pix_can_pay(self, amount):
        with pytest.raises(ValueError, match="not payable"):
            write_valor(amount)


class TestTxid:
    def test_is_the_same_for_the_same_parts_and_fits_the_specification(self):
        assert txid_for("a", 1) == txid_for("a", "1")
        assert txid_for("a", "b") != txid_for("ab")
        assert len(txid_for("fatura")) == 32
        assert txid_for("fatura").isalnum()
