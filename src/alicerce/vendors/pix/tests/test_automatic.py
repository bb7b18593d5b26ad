"""Pix Automático: the client against the simulated PSP, and that against the Central Bank's specification."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alicerce.kernel.brazil import Document
from alicerce.kernel.http import Unknown
from alicerce.kernel.money import Money
from alicerce.vendors.pix import brcode
from alicerce.vendors.pix.automatic import PixAutomaticClient
from alicerce.vendors.pix.outcomes import PixRefusal
from alicerce.vendors.pix.recurring import DebitOrder, PayerAccount, RecurrenceTerms
from alicerce.vendors.pix.tests.test_against_specification import call, specification

__all__ = ["call", "specification"]

ACCOUNT = {"agencia": "9708", "conta": "012682", "tipoConta": "CORRENTE"}
MARIA = Document("cpf", "12345678909")
TODAY = datetime(2026, 12, 1, 15, tzinfo=UTC)
DUE = date(2026, 12, 10)
TXID = "d" * 32
REC = {
    "vinculo": {
        "contrato": "63100862",
        "devedor": {"cpf": "12345678909", "nome": "Maria das Dores"},
        "objeto": "Hospedagem",
    },
    "calendario": {"dataInicial": "2099-01-01", "periodicidade": "MENSAL"},
    "valor": {"valorMinimoRecebedor": "35.00"},
    "politicaRetentativa": "PERMITE_3R_7D",
}
COBR = {
    "calendario": {"dataDeVencimento": "2099-01-10"},
    "valor": {"original": "37.00"},
    "ajusteDiaUtil": True,
    "recebedor": ACCOUNT,
}


@pytest.fixture
def automatic(psp):
    psp.provider.clock = lambda: TODAY
    with PixAutomaticClient(psp.settings, timeout=2) as client:
        yield client


def terms(**given):
    facts = {
        "contract": "c1",
        "object": "Hospedagem",
        "payer": "Maria das Dores",
        "document": MARIA,
        "starts_on": TODAY.date(),
        "floor": Money(3700),
        **given,
    }
    return RecurrenceTerms(**facts)


def authorised(automatic, psp, *, limit="", **given):
    made = automatic.make_recurrence(terms(**given), location=automatic.make_location().id)
    psp.provider.automatic.authorise(made.id, journey=2, limit=limit)
    return made.id


def an_order(recurrence, cents=3700, due_on=DUE):
    return DebitOrder(recurrence, due_on, Money(cents), ACCOUNT, "Fatura nº 7")


class TestAgainstTheSpecification:
    def test_a_recurrence_through_its_life(self, call, psp):
        loc = call("POST", "/locrec", json_={"tipo": "rec"}).json()
        assert call("GET", f"/locrec/{loc['id']}").status_code == 200
        made = call("POST", "/rec", json_=REC | {"loc": loc["id"]}).json()
        psp.provider.automatic.authorise(made["idRec"], journey=2)

        found = call("GET", f"/rec/{made['idRec']}").json()
        period = {"inicio": "2020-01-01T00:00:00Z", "fim": "2099-12-31T23:59:59Z"}
        assert found["dadosQR"]["jornada"] == "JORNADA_2"
        assert len(call("GET", "/rec", params=period).json()["recs"]) == 1
        taken = call("POST", "/rec", json_=REC | {"loc": loc["id"]})
        assert taken.json()["violacoes"][0]["propriedade"] == "rec.loc"
        ended = call("PATCH", f"/rec/{made['idRec']}", json_={"status": "CANCELADA"})
        assert ended.json()["status"] == "CANCELADA"
        again = call("PATCH", f"/rec/{made['idRec']}", json_={"status": "CANCELADA"})
        assert again.status_code == 400

    def test_a_debit_through_its_life(self, call, psp):
        made = call("POST", "/rec", json_=REC).json()
        order = COBR | {"idRec": made["idRec"]}
        assert call("PUT", f"/cobr/{TXID}", json_=order).status_code == 400
        psp.provider.automatic.authorise(made["idRec"], journey=2)
        assert call("PUT", f"/cobr/{TXID}", json_=order).status_code == 201
        psp.provider.clock = lambda: datetime(2099, 1, 12, 21, tzinfo=UTC)
        psp.provider.automatic.settle(TXID, code="AB10")

        tried = call("POST", f"/cobr/{TXID}/retentativa/2099-01-14").json()
        assert [one["tipo"] for one in tried["tentativas"]] == ["AGND", "NTAG"]
        psp.provider.automatic.settle(TXID)
        paid = call("GET", f"/cobr/{TXID}").json()
        assert paid["status"] == "CONCLUIDA"
        assert call("GET", f"/pix/{paid['pix'][0]['endToEndId']}").status_code == 200

    @pytest.mark.parametrize("name", ["rec", "cobr"])
    def test_the_webhooks(self, call, name):
        path, body = f"/webhook{name}", {"webhookUrl": "https://loja.example/entrada"}
        assert call("GET", path).status_code == 404
        assert call("PUT", path, json_={"webhookUrl": "x"}).status_code == 400
        assert call("PUT", path, json_=body).status_code == 200
        assert call("GET", path).json()["webhookUrl"] == body["webhookUrl"]
        assert call("DELETE", path).status_code == 204

    @pytest.mark.parametrize(
        "wrong",
        [
            {"vinculo": {"contrato": "1"}},
            {"calendario": {"dataInicial": "2020-01-01", "periodicidade": "MENSAL"}},
            {"calendario": {"dataInicial": "2099-01-01", "periodicidade": "DIARIA"}},
            {"valor": {"valorRec": "1.00", "valorMinimoRecebedor": "1.00"}},
            {"valor": {"valorRec": 1}},
            {"politicaRetentativa": "SEMPRE"},
            {"loc": 1},
        ],
    )
    def test_a_recurrence_out_of_the_schema(self, call, wrong):
        refused = call("POST", "/rec", json_=REC | wrong)

        assert refused.status_code == 400
        assert refused.json()["type"].endswith("/RecOperacaoInvalida")


class TestAuthorising:
    def test_paying_the_first_charge_authorises(self, automatic, charge, psp):
        charge()
        location = automatic.make_location()
        made = automatic.make_recurrence(terms(), location=location.id, first_txid="a" * 32)
        code = brcode.parse(automatic.get_recurrence(made.id, txid="a" * 32).code)
        assert (bool(code.url), code.recurrence_url) == (True, location.location)
        assert made.status == "CRIADA"

        psp.provider.pay("a" * 32)

        assert automatic.get_recurrence(made.id).status == "APROVADA"

    def test_a_code_without_a_charge_only_asks(self, automatic):
        made = automatic.make_recurrence(terms(), location=automatic.make_location().id)
        code = brcode.parse(automatic.get_recurrence(made.id).code)

        assert (code.url, bool(code.recurrence_url)) == (None, True)

    def test_what_was_made_and_never_told_is_found_by_its_contract(self, automatic, psp):
        location = automatic.make_location()
        psp.faults.arm("execute_then_drop", match="pix.post_rec")
        with pytest.raises(Unknown):
            automatic.make_recurrence(terms(contract="ours"), location=location.id)

        day = timedelta(days=1)
        found = automatic.recurrences(document=MARIA, start=TODAY - day, end=TODAY + day)
        assert [one.contract for one in found] == ["ours"]
        with pytest.raises(PixRefusal, match="RecOperacaoInvalida"):
            automatic.make_recurrence(terms(contract="ours"), location=location.id)

    def test_both_sides_may_end_it_and_what_is_scheduled_ends_too(self, automatic, psp):
        recurrence = authorised(automatic, psp)
        automatic.put_debit(TXID, an_order(recurrence))

        psp.provider.automatic.cancel(recurrence, by="USUARIO_PAGADOR", code="SLDB")

        found = automatic.get_recurrence(recurrence)
        assert (found.status, found.ended_by) == ("CANCELADA", "USUARIO_PAGADOR")
        assert automatic.get_debit(TXID).status == "CANCELADA"


class TestDebits:
    def test_one_a_cycle_and_none_twice(self, automatic, psp):
        recurrence = authorised(automatic, psp)
        assert automatic.put_debit(TXID, an_order(recurrence)).tries[0].on == DUE

        for txid, day in ((TXID, DUE), ("e" * 32, date(2026, 12, 20))):
            with pytest.raises(PixRefusal, match="CobROperacaoInvalida"):
                automatic.put_debit(txid, an_order(recurrence, due_on=day))
        later = automatic.put_debit("e" * 32, an_order(recurrence, due_on=date(2027, 1, 11)))
        assert later.status == "ATIVA"

    def test_over_the_payers_limit_it_is_rejected_at_once(self, automatic, psp):
        recurrence = authorised(automatic, psp, limit="40.00")

        made = automatic.put_debit(TXID, an_order(recurrence, cents=4001))

        assert (made.status, made.why) == ("REJEITADA", "AM02")

    def test_three_more_tries_in_seven_days(self, automatic, psp):
        automatic.put_debit(TXID, an_order(authorised(automatic, psp)))
        for day in (12, 14, 17):
            psp.provider.automatic.settle(TXID, code="AB10")
            psp.provider.clock = lambda day=day: datetime(2026, 12, day - 1, tzinfo=UTC)
            made = automatic.retry_debit(TXID, on=date(2026, 12, day))
            with pytest.raises(PixRefusal):
                automatic.retry_debit(TXID, on=date(2026, 12, 17))

        psp.provider.automatic.settle(TXID, code="AB10")

        assert len(made.tries) == 4
        assert automatic.get_debit(TXID).status == "EXPIRADA"

    def test_cannot_be_cancelled_from_its_day_on(self, automatic, psp):
        automatic.put_debit(TXID, an_order(authorised(automatic, psp)))
        psp.provider.clock = lambda: datetime(2026, 12, 10, 9, tzinfo=UTC)

        with pytest.raises(PixRefusal):
            automatic.cancel_debit(TXID)

    def test_news_are_told_under_their_suffixes(self, automatic, psp, receiver):
        automatic.put_automatic_webhooks(receiver.url)
        automatic.put_webhook(receiver.url)
        automatic.put_debit(TXID, an_order(authorised(automatic, psp)))
        psp.provider.automatic.settle(TXID)

        told = [receiver.next()[0] for _ in range(5)]

        assert told == ["/hook/rec", "/hook/rec", "/hook/cobr", "/hook/pix", "/hook/cobr"]


class TestRequests:
    def test_a_request_through_its_life(self, call, psp):
        made = call("POST", "/rec", json_=REC).json()
        order = {
            "idRec": made["idRec"],
            "calendario": {"dataExpiracaoSolicitacao": "2099-01-01T12:00:00.000Z"},
            "destinatario": {
                "ispbParticipante": "91193552",
                "agencia": "2569",
                "conta": "550689",
                "cpf": "12345678909",
            },
        }
        for wrong in (
            {"destinatario": order["destinatario"] | {"agencia": "25690"}},
            {"destinatario": order["destinatario"] | {"cnpj": "12345678000195"}},
            {"calendario": {"dataExpiracaoSolicitacao": "2020-01-01T12:00:00Z"}},
        ):
            refused = call("POST", "/solicrec", json_=order | wrong)
            assert refused.json()["type"].endswith("/SolicRecOperacaoInvalida")
        sent = call("POST", "/solicrec", json_=order).json()
        assert call("POST", "/solicrec", json_=order).status_code == 400  # being asked already
        name = sent["idSolicRec"]
        cancel = {"status": "CANCELADA"}
        assert call("PATCH", f"/solicrec/{name}", json_=cancel).json()["status"] == "CANCELADA"
        assert call("PATCH", f"/solicrec/{name}", json_=cancel).status_code == 400
        assert call("GET", f"/solicrec/SC{'x' * 27}").status_code == 404
        again = call("POST", "/solicrec", json_=order).json()["idSolicRec"]
        psp.provider.automatic.authorise(made["idRec"], journey=1)

        found = call("GET", f"/rec/{made['idRec']}").json()
        assert [one["status"] for one in found["solicitacao"]] == ["CANCELADA", "ACEITA"]
        assert found["ativacao"]["tipoJornada"] == "JORNADA_1"
        assert call("GET", f"/solicrec/{again}").json()["status"] == "ACEITA"

    def test_a_lost_answer_is_found_at_its_recurrence_and_expires_by_itself(
        self, automatic, psp
    ):
        made = automatic.make_recurrence(terms(), location=automatic.make_location().id)
        account = PayerAccount("91193552", "2569", "550689", MARIA)
        until = TODAY + timedelta(days=7)
        psp.faults.arm("execute_then_drop", match="pix.post_solicrec")
        with pytest.raises(Unknown):
            automatic.request_confirmation(made.id, account=account, until=until)

        [sent] = automatic.get_recurrence(made.id).requests
        assert (sent.is_awaited, sent.expires_at) == (True, until)
        with pytest.raises(PixRefusal, match="SolicRecOperacaoInvalida"):
            automatic.request_confirmation(made.id, account=account, until=until)
        psp.provider.clock = lambda: until + timedelta(seconds=1)
        assert automatic.get_request(sent.id).status == "EXPIRADA"
        with pytest.raises(PixRefusal):
            automatic.cancel_request(sent.id)
