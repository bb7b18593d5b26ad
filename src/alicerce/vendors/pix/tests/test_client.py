"""Our client against a PSP over mutual TLS."""

import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from alicerce.kernel.brazil import Document
from alicerce.kernel.http import Refusal, Unavailable, Unknown
from alicerce.kernel.money import Money
from alicerce.vendors.pix import brcode
from alicerce.vendors.pix.client import PAGE_SIZE, Payer, PixClient
from alicerce.vendors.pix.outcomes import PixRefusal
from alicerce.vendors.pix.settings import (
    CREDENTIALS_IN_BODY,
    JSON_GRANT,
    UnknownQuirk,
    tls_context,
)
from alicerce.vendors.pix.simulator import NotPayable

TXID = "a" * 32
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def soon():
    return datetime.now(UTC) + timedelta(minutes=1)


class TestCharges:
    def test_makes_a_charge_whose_code_points_at_it(self, charge):
        made = charge()

        assert (made.txid, made.status, made.amount) == (TXID, "ATIVA", Money(3700))
        assert made.expires_at - made.created_at == timedelta(hours=1)
        assert brcode.parse(made.copy_paste).url == made.location
        assert brcode.parse(made.copy_paste).receiver == "Ipe Hospedagem Ltda"

    def test_the_same_txid_revises_the_same_charge(self, charge, psp):
        charge()
        again = charge(cents=4200)

        assert again.revision == 1
        assert again.amount == Money(4200)
        assert len(psp.provider.charges()) == 1

    def test_a_paid_charge_cannot_be_made_again(self, charge, psp):
        charge()
        psp.provider.pay(TXID)

        with pytest.raises(PixRefusal) as refused:
            charge()
        assert refused.value.code == "CobOperacaoInvalida"

    def test_an_alphanumeric_cnpj_pays_too(self, charge):
        assert charge(payer=Payer("Padaria", Document("cnpj", "12ABC34501DE35"))).txid == TXID

    def test_a_refusal_tells_the_field_and_not_its_value(self, charge):
        with pytest.raises(PixRefusal, match=r"cob\.devedor\.cpf") as refused:
            charge(payer=Payer("Maria", Document("cpf", "12345678900")))
        assert "12345678900" not in str(refused.value)

    def test_finds_it_with_its_payments(self, charge, client, psp):
        charge()
        (e2eid,) = psp.provider.pay(TXID, Money(3699))

        found = client.get_charge(TXID)
        assert found.status == "CONCLUIDA"
        assert [(p.e2eid, p.amount, p.txid) for p in found.payments] == [
            (e2eid, Money(3699), TXID)
        ]
        assert client.get_pix(e2eid) == found.payments[0]

    def test_removed_nobody_pays_it(self, charge, client, psp):
        charge()

        assert client.remove_charge(TXID).status == "REMOVIDA_PELO_USUARIO_RECEBEDOR"
        with pytest.raises(NotPayable):
            psp.provider.pay(TXID)

    def test_paid_it_is_not_removed(self, charge, client, psp):
        charge()
        psp.provider.pay(TXID)

        with pytest.raises(PixRefusal, match="CobOperacaoInvalida"):
            client.remove_charge(TXID)

    def test_absent_is_none(self, client):
        assert client.get_charge("b" * 32) is None
        assert client.get_pix("E" + "0" * 31) is None
        assert client.get_webhook() is None


class TestList:
    def test_reads_every_page_in_order(self, charge, client, psp):
        charge()
        paid = psp.provider.pay(TXID, times=PAGE_SIZE + 1)

        listed = list(client.list_pix(start=LONG_AGO, end=soon()))

        assert {pix.e2eid for pix in listed} == set(paid)
        assert len(listed) == len(paid)

    def test_stays_within_the_period(self, charge, client, psp):
        charge()
        psp.provider.pay(TXID)

        assert list(client.list_pix(start=LONG_AGO, end=LONG_AGO + timedelta(days=1))) == []

    def test_a_period_turned_around_is_refused(self, client):
        with pytest.raises(PixRefusal, match="PixConsultaInvalida"):
            list(client.list_pix(start=soon(), end=LONG_AGO))


class TestWebhook:
    def test_is_set_and_read(self, client):
        client.put_webhook("https://loja.example/entrada/pix/abc")

        assert client.get_webhook() == "https://loja.example/entrada/pix/abc"

    def test_plain_http_is_refused(self, client):
        with pytest.raises(PixRefusal, match="WebhookOperacaoInvalida"):
            client.put_webhook("http://loja.example/x")


class TestToken:
    def test_is_asked_for_once(self, client, psp):
        for _ in range(3):
            client.get_charge(TXID)

        assert [c.operation for c in psp.faults.calls].count("pix.token") == 1

    def test_a_revoked_one_is_replaced_once(self, client, psp):
        client.get_charge(TXID)
        psp.gate.revoke_all()

        assert client.get_charge(TXID) is None
        assert [c.operation for c in psp.faults.calls].count("pix.token") == 2

    def test_wrong_credentials_are_refused(self, psp):
        settings = replace(psp.settings, client_secret="outro")
        with PixClient(settings, timeout=2) as client, pytest.raises(Refusal, match="401"):
            client.get_charge(TXID)

    @pytest.mark.parametrize("fault", ["500", "429", "garbage", "execute_then_drop"])
    def test_without_a_token_nothing_was_done(self, client, psp, fault):
        psp.faults.arm(fault, match="pix.token")

        with pytest.raises(Unavailable):
            client.put_webhook("https://loja.example/x")

    def test_a_quirk_unheard_of_is_named(self, psp):
        with pytest.raises(UnknownQuirk, match="lunar"):
            replace(psp.settings, quirks=(JSON_GRANT, "lunar"))

    def test_credentials_in_the_body_are_not_in_the_header(self, psp):
        settings = replace(psp.settings, quirks=(CREDENTIALS_IN_BODY,))
        with PixClient(settings, timeout=2) as client, pytest.raises(Refusal, match="401"):
            client.get_charge(TXID)

    def test_secrets_do_not_show(self, psp):
        assert "segredo" not in repr(psp.settings)
        assert "PRIVATE KEY" not in repr(psp.settings)


class TestOutcomes:
    def test_done_but_never_answered_is_unknown_and_can_be_asked_about(
        self, charge, client, psp
    ):
        psp.faults.arm("execute_then_drop", match="put_cob")

        with pytest.raises(Unknown):
            charge()
        assert client.get_charge(TXID).status == "ATIVA"

    def test_a_hanging_answer_is_unknown(self, psp):
        psp.faults.arm("execute_then_hang", match="put_webhook")

        with PixClient(psp.settings, timeout=0.3) as client, pytest.raises(Unknown):
            client.put_webhook("https://loja.example/x")

    @pytest.mark.parametrize("fault", ["500", "garbage"])
    def test_errors_and_garbage_are_unknown(self, client, psp, fault):
        psp.faults.arm(fault, match="get_cob")

        with pytest.raises(Unknown):
            client.get_charge(TXID)

    def test_too_many_requests_is_unavailable(self, client, psp):
        psp.faults.arm("429", match="get_cob")

        with pytest.raises(Unavailable):
            client.get_charge(TXID)

    def test_nobody_there_is_unavailable(self, psp):
        settings = replace(psp.settings, token_url="https://127.0.0.1:9/oauth/token")
        with PixClient(settings, timeout=2) as client, pytest.raises(Unavailable):
            client.get_charge(TXID)


class TestMutualTls:
    def test_no_certificate_no_service(self, psp, certificates):
        context = certificates.client_context()
        with pytest.raises((httpx.ReadError, httpx.ConnectError, httpx.RemoteProtocolError)):
            httpx.get(f"{psp.url}/pix", verify=context, trust_env=False)

    def test_the_key_is_left_nowhere(self, psp, tmp_path, monkeypatch):
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

        tls_context(psp.settings)

        assert list(tmp_path.iterdir()) == []

    def test_we_trust_no_other_authority(self, psp):
        settings = replace(psp.settings, ca_pem=None)
        with PixClient(settings, timeout=2) as client, pytest.raises(Unavailable) as refused:
            client.get_charge(TXID)
        assert isinstance(refused.value.__cause__.__context__.__context__, ssl.SSLError)
