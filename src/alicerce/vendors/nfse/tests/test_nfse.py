"""The client and the simulator agree on the wire; what is signed is what is sent."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, date, datetime
from time import process_time

import pytest

from alicerce.kernel.http import Unknown
from alicerce.vendors.nfse import opening
from alicerce.vendors.nfse.dps import (
    Address,
    Amounts,
    Dps,
    Provider,
    Service,
    Taker,
    dps_id,
    signed_cancellation,
    signed_dps,
)
from alicerce.vendors.nfse.outcomes import NfseRefusal
from alicerce.vendors.nfse.signing import BadCertificate, is_signed, open_pkcs12
from alicerce.vendors.simulation.certificates import COMPANY_PASSWORD

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
SP = "3550308"
DPS = Dps(
    environment="2",
    series="00001",
    number=7,
    issued_at=NOON,
    competence=date(2026, 9, 1),
    provider=Provider("12345678000195", SP, "1234", simples="3", simples_regime="1"),
    taker=Taker(
        "Pães & Cia <ME>",
        "11222333000181",
        email="caixa@padaria.example",
        address=Address(SP, "01001000", "Praça da Sé", "1", "Sé"),
    ),
    service=Service("010301", "Hospedagem\n de sites", SP, nbs="115022000"),
    amounts=Amounts(10_000, iss_ppm=50_000, iss_withheld=True, city_total=500),
)


def xml_of(sefin, dps=DPS):
    pems = {"key_pem": sefin.settings.key_pem, "cert_pem": sefin.settings.cert_pem}
    return signed_dps(dps, **pems)


def cancellation(sefin, key, reason="O serviço não foi prestado"):
    pems = {"key_pem": sefin.settings.key_pem, "cert_pem": sefin.settings.cert_pem}
    return signed_cancellation(
        environment="2",
        document="12345678000195",
        key=key,
        code="1",
        reason=reason,
        at=NOON,
        **pems,
    )


class TestDps:
    def test_has_the_same_name_whoever_writes_it(self):
        assert DPS.id == "DPS355030821234567800019500001000000000000007"
        person = dps_id(city_code=SP, document="12345678909", series="1", number=1)
        assert person == "DPS355030810001234567890900001000000000000001"

    def test_is_canonical_and_says_nothing_that_nobody_signed(self, sefin):
        xml = xml_of(sefin)

        assert is_signed(xml, "infDPS")
        assert ET.canonicalize(xml) == xml.partition("?>")[2]
        assert "Pães &amp; Cia &lt;ME&gt;" in xml
        assert "<xDescServ>Hospedagem de sites</xDescServ>" in xml
        assert not is_signed(xml.replace("100.00", "1.00"), "infDPS")

    def test_of_who_is_in_no_simples_tells_rate_and_totals(self, sefin):
        other = replace(
            DPS,
            provider=Provider("12345678000195", SP),
            amounts=Amounts(10_000, iss_ppm=29_000, pis=(6_500, 65), federal_total=65),
        )

        xml = xml_of(sefin, other)

        assert "<pAliq>2.90</pAliq>" in xml
        assert "<vTotTribFed>0.65</vTotTribFed>" in xml
        assert "pTotTribSN" not in xml


class TestNationalSystem:
    def test_makes_one_note_of_a_dps(self, sefin):
        with sefin.client() as client:
            assert client.find_note(DPS.id) is None
            note = client.send_dps(xml_of(sefin))
            with pytest.raises(NfseRefusal) as refused:
                client.send_dps(xml_of(sefin))

            assert refused.value.code == "E0014"
            assert client.find_note(DPS.id) == note
        assert (len(note.key), note.number) == (50, "1")

    def test_may_accept_and_never_say_so(self, sefin):
        sefin.faults.arm("execute_then_hang", match="issue")
        with sefin.client() as client:
            with pytest.raises(Unknown):
                client.send_dps(xml_of(sefin))

            found = client.find_note(DPS.id)

        assert found
        assert found.key in sefin.registry.notes()

    def test_refuses_what_is_wrong_with_its_code(self, sefin):
        nobody = replace(DPS, taker=replace(DPS.taker, address=None))
        with sefin.client() as client:
            for xml, code in [
                (xml_of(sefin, nobody), "E0237"),
                (xml_of(sefin).replace("100.00", "1.00"), "E0714"),
                ("<DPS/>", "E1235"),
            ]:
                with pytest.raises(NfseRefusal) as refused:
                    client.send_dps(xml)
                assert refused.value.code == code

    def test_cancels_once_and_for_a_reason(self, sefin):
        with sefin.client() as client:
            key = client.send_dps(xml_of(sefin)).key
            assert not client.is_cancelled(key)
            with pytest.raises(NfseRefusal):
                client.cancel(key, cancellation(sefin, key, "curto"))
            client.cancel(key, cancellation(sefin, key))

            assert client.is_cancelled(key)


class TestCertificate:
    def test_is_opened_by_its_password_alone(self, sefin):
        own = open_pkcs12(sefin.company, COMPANY_PASSWORD)

        assert own.document == "12345678000195"
        for content, password in ((sefin.company, "outra"), (b"nada", COMPANY_PASSWORD)):
            with pytest.raises(BadCertificate):
                open_pkcs12(content, password)

    def test_that_wants_its_password_stirred_for_an_hour_is_none(self, sefin, monkeypatch):
        """A file of two kilobytes would hold a request, and all who wait for its row."""
        monkeypatch.setattr(opening, "SECONDS", 1)
        begun = process_time()

        with pytest.raises(BadCertificate):
            open_pkcs12(stirred(sefin.company, times=2**31 - 1), COMPANY_PASSWORD)

        assert process_time() - begun < 1


def stirred(content, *, times):
    """The same file with another number at its end: how often its seal is stirred."""
    size = next(n for n in range(40, 120) if content[-n - 2] == 0x30 and content[-n - 1] == n)
    head, seal = content[: -size - 2], content[-size:]
    old = next(n for n in (1, 2, 3) if seal[-n - 2 : -n] == bytes((2, n)))
    seal = seal[: -old - 2] + bytes((2, 4)) + times.to_bytes(4, "big")
    body = head[4:] + bytes((0x30, len(seal))) + seal
    return bytes((0x30, 0x82)) + len(body).to_bytes(2, "big") + body
