"""BR Codes: made and read as the Central Bank writes them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alicerce.kernel.money import Money
from alicerce.vendors.pix import brcode

VECTORS = Path(__file__).parents[5].with_name("shared") / "reference/specs/brcode-vectors.json"
STATIC = (
    "00020126600014br.gov.bcb.pix0118pix@padaria.com.br0216Hospedagem marco"
    "52040000530398654071234.565802BR5922Padaria Sao Joao & Cia6009Sao Paulo"
    "62120508PEDIDO426304817C"
)
DYNAMIC = (
    "00020101021226470014br.gov.bcb.pix2525pix.example.com/qr/v2/abc"
    "5204000053039865802BR5925Hospedagem Ipe Amarelo do6015Sao Jose do Rio62070503***630404F9"
)


def vectors():
    if not VECTORS.exists():
        return [pytest.param(None, marks=pytest.mark.skip(f"{VECTORS.name} is not here"))]
    return [pytest.param(v, id=v["source"]) for v in json.loads(VECTORS.read_text())]


class TestPublishedVectors:
    @pytest.mark.parametrize("vector", vectors())
    def test_reads_each_field(self, vector):
        assert brcode.fields_of(vector["payload"]) == [
            (f["id"], f["value"]) for f in vector["tlv"]
        ]
        assert brcode.crc16(vector["payload"][:-4]) == vector["crc"]

        read = brcode.parse(vector["payload"])
        account = dict(next(f["sub"] for f in vector["tlv"] if f["id"] == "26"))
        assert (read.key, read.url) == (account.get("01"), account.get("25"))

    @pytest.mark.parametrize("vector", vectors())
    def test_writes_it_alike(self, vector):
        read = brcode.parse(vector["payload"])
        if read.recurrence_url:
            pytest.skip("we read recurrences and write none")
        made = (
            brcode.dynamic(url=read.url, receiver=read.receiver, city=read.city)
            if read.url
            else brcode.static(
                key=read.key,
                receiver=read.receiver,
                city=read.city,
                amount=read.amount,
                txid=read.txid,
            )
        )
        assert made[:-4].lower() == vector["payload"][:-4].lower()


class TestStatic:
    def test_folds_accents_and_carries_the_amount(self):
        made = brcode.static(
            key="pix@padaria.com.br",
            receiver="Padaria São João & Cia",
            city="São Paulo",
            amount=Money(123456),
            txid="PEDIDO42",
            text="Hospedagem março",
        )

        assert made == STATIC
        assert brcode.parse(made).amount == Money(123456)

    @pytest.mark.parametrize("txid", ["", "com espaço", "x" * 26, "***x"])
    def test_refuses_a_txid_out_of_pattern(self, txid):
        with pytest.raises(brcode.BadBrCode):
            brcode.static(key="k", receiver="Loja", city="Recife", txid=txid)

    def test_refuses_what_does_not_fit(self):
        with pytest.raises(brcode.BadBrCode):
            brcode.static(key="k" * 77, receiver="Loja", city="Recife", text="x" * 40)

    @given(st.text(min_size=1), st.text(min_size=1))
    def test_is_always_ascii_and_within_lengths(self, receiver, city):
        try:
            made = brcode.static(key="k", receiver=receiver, city=city)
        except brcode.BadBrCode:
            return  # nothing of the name is left in ASCII
        read = brcode.parse(made)
        assert made.isascii()
        assert len(read.receiver) <= 25
        assert len(read.city) <= 15


class TestDynamic:
    def test_points_at_the_charge_and_cuts_long_names(self):
        made = brcode.dynamic(
            url="pix.example.com/qr/v2/abc",
            receiver="Hospedagem Ipê Amarelo do Brasil Ltda",
            city="São José do Rio Preto",
        )

        assert made == DYNAMIC
        assert brcode.parse(made).single_use

    def test_takes_no_scheme(self):
        with pytest.raises(brcode.BadBrCode):
            brcode.dynamic(url="https://pix.example.com/x", receiver="Loja", city="Recife")


class TestParse:
    @given(st.integers(0, len(STATIC) - 5), st.characters(codec="ascii"))
    def test_notices_any_changed_character(self, where, other):
        changed = STATIC[:where] + other + STATIC[where + 1 :]
        if changed == STATIC:
            return
        with pytest.raises(brcode.BadBrCode):
            brcode.parse(changed)

    @given(st.text())
    def test_never_fails_otherwise(self, text):
        for payload in (text, f"{text}6304" + brcode.crc16(f"{text}6304")):
            try:
                brcode.parse(payload)
            except brcode.BadBrCode:
                continue
