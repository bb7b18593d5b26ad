"""Every answer of the simulated PSP is one the Central Bank's specification allows."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from alicerce.vendors.pix.simulator.due import due_parts
from alicerce.vendors.pix.simulator.due_checks import due_violations
from alicerce.vendors.pix.tests.conftest import KEY

SPEC = (
    Path(__file__).parents[5].with_name("shared")
    / "reference/specs/pix-api-v2.patched.openapi.yaml"
)
API = "https://pix.example.com"
TXID = "c" * 32
CHARGE = {
    "calendario": {"expiracao": 3600},
    "devedor": {"cnpj": "12345678000195", "nome": "Padaria São João Ltda"},
    "valor": {"original": "37.00"},
    "chave": KEY,
    "solicitacaoPagador": "Hospedagem 11/2026",
    "infoAdicionais": [{"nome": "Plano", "valor": "Essencial"}],
}
PERIOD = {"inicio": "2020-01-01T00:00:00Z", "fim": "2099-12-31T23:59:59Z"}


@pytest.fixture(scope="module")
def specification():
    if not SPEC.exists():
        pytest.skip(f"{SPEC.name} is not here")
    openapi_core = pytest.importorskip("openapi_core", reason="openapi-core is not installed")
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    read = yaml.load(SPEC.read_text(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    read["servers"] = [{"url": API}]
    # The specification asks a list of Pix for "cobs", which belong to another list.
    read["components"]["schemas"]["PixConsultados"]["required"] = ["parametros"]
    # It wants the receiver's address beside "recebedor", where no example of its own has it.
    del read["components"]["schemas"]["DadosRecebedor"]["required"]
    # It requires what it defines elsewhere, or under another name ("retentativa", "politicaRetentativa").
    read["components"]["schemas"]["RecBase"]["required"].remove("retentativa")
    del read["components"]["schemas"]["DadosPagadorRec"]["required"]
    read["components"]["schemas"]["SolicRecBase"]["required"].remove("pagador")
    del read["components"]["schemas"]["SolicRecCompleta"]["required"]
    # It wants exactly one of what any object is both of, and an amount that is text and an object.
    ends = read["components"]["schemas"]
    for end in (
        ends["RecEncerramento"]["properties"]["encerramento"],
        ends["CobRAtualizacao"]["properties"]["encerramento"],
    ):
        end["anyOf"] = end.pop("oneOf")
    del read["components"]["schemas"]["PixAutomatico"]["properties"]["valor"]["anyOf"]
    # Payloads are served elsewhere, and their bare path would swallow the others.
    read["paths"] = {path: x for path, x in read["paths"].items() if "AccessToken" not in path}
    # Its own examples and defaults break its own schemas: it judges us, nobody judges it.
    config = openapi_core.Config(
        spec_validator_cls=None,
        extra_media_type_deserializers={"application/problem+json": json.loads},
    )
    return openapi_core.OpenAPI.from_dict(read, config)


@pytest.fixture
def call(psp, certificates, specification):
    """Make a request, have its answer judged, and return it."""
    from openapi_core.testing import MockRequest, MockResponse

    context = certificates.client_context(with_certificate=True)
    with httpx.Client(base_url=psp.url, verify=context, trust_env=False) as http:
        form = {"grant_type": "client_credentials"}
        got = http.post("/oauth/token", data=form, auth=("alicerce", "segredo")).json()
        http.headers["Authorization"] = f"Bearer {got['access_token']}"

        def ask(method, path, *, json_=None, params=None):
            answer = http.request(method, path, json=json_, params=params)
            body = json.dumps(json_).encode() if json_ is not None else None
            asked = MockRequest(API, method.lower(), path, args=params, data=body)
            content_type = answer.headers.get("content-type", "application/json")
            said = MockResponse(answer.content, answer.status_code, content_type=content_type)
            specification.validate_response(asked, said)
            return answer

        yield ask


DUE_CHARGE = {
    "calendario": {"dataDeVencimento": "2099-03-10", "validadeAposVencimento": 20},
    "devedor": {
        "cpf": "12345678909",
        "nome": "Maria das Dores",
        "logradouro": "Rua das Flores, 10, Centro",
        "cidade": "Curitiba",
        "uf": "PR",
        "cep": "80010000",
    },
    "valor": {
        "original": "100.00",
        "multa": {"modalidade": 2, "valorPerc": "2.00"},
        "juros": {"modalidade": 3, "valorPerc": "1.00"},
        "desconto": {
            "modalidade": 1,
            "descontoDataFixa": [{"data": "2099-03-05", "valorPerc": "5.00"}],
        },
    },
    "chave": KEY,
}


def put(call, **changes):
    return call("PUT", f"/cob/{TXID}", json_=CHARGE | changes)


class TestAnswers:
    def test_a_charge_through_its_life(self, call, psp):
        assert put(call).status_code == 201
        assert call("GET", f"/cob/{TXID}").json()["status"] == "ATIVA"
        assert put(call).json()["revisao"] == 1

        psp.provider.pay(TXID, times=2)
        paid = call("GET", f"/cob/{TXID}").json()
        assert paid["status"] == "CONCLUIDA"
        assert call("GET", f"/pix/{paid['pix'][0]['endToEndId']}").status_code == 200
        assert put(call).status_code == 400

    def test_a_charge_named_by_the_psp_and_removed(self, call):
        made = call("POST", "/cob", json_=CHARGE).json()
        removed = {"status": "REMOVIDA_PELO_USUARIO_RECEBEDOR"}

        assert call("PATCH", f"/cob/{made['txid']}", json_=removed).json()["revisao"] == 1
        assert call("PATCH", f"/cob/{made['txid']}", json_=removed).status_code == 400

    def test_lists(self, call, psp):
        put(call)
        psp.provider.pay(TXID, times=3)
        page = PERIOD | {"paginacao.paginaAtual": "1", "paginacao.itensPorPagina": "2"}

        listed = call("GET", "/pix", params=page).json()

        assert len(listed["pix"]) == 1
        assert listed["parametros"]["paginacao"]["quantidadeDePaginas"] == 2

    def test_the_webhook(self, call):
        assert call("GET", f"/webhook/{KEY}").status_code == 404
        body = {"webhookUrl": "https://loja.example/entrada"}
        assert call("PUT", f"/webhook/{KEY}", json_=body).status_code == 200
        assert call("GET", f"/webhook/{KEY}").json()["webhookUrl"] == body["webhookUrl"]
        assert call("DELETE", f"/webhook/{KEY}").status_code == 204

    def test_absent_things(self, call):
        assert call("GET", f"/cob/{'z' * 32}").status_code == 404
        assert call("PATCH", f"/cob/{'z' * 32}", json_={}).status_code == 404
        assert call("GET", f"/pix/E{'0' * 31}").status_code == 404


class TestDueCharges:
    def test_through_its_life(self, call, psp):
        path = f"/cobv/{TXID}"
        assert call("PUT", path, json_=DUE_CHARGE).status_code == 201
        assert call("GET", f"/cob/{TXID}").status_code == 404
        assert call("PATCH", path, json_={"valor": {"original": "99.00"}}).status_code == 200
        assert call("PUT", path, json_=DUE_CHARGE).json()["revisao"] == 2

        psp.provider.clock = lambda: datetime(2099, 3, 12, 15, tzinfo=UTC)
        (e2eid,) = psp.provider.pay(TXID)

        paid = call("GET", path).json()
        assert paid["status"] == "CONCLUIDA"
        assert call("GET", f"/pix/{e2eid}").json()["componentesValor"] == {
            "original": {"valor": "100.00"},
            "multa": {"valor": "2.00"},
            "juros": {"valor": "0.07"},
        }
        assert paid["pix"][0]["valor"] == "102.07"
        assert call("PUT", path, json_=DUE_CHARGE).status_code == 400

    @pytest.mark.parametrize(
        ("name", "wrong"),
        [
            ("multa", {"modalidade": 3, "valorPerc": "2.00"}),
            ("juros", {"modalidade": 9, "valorPerc": "1.00"}),
            ("juros", {"modalidade": 3, "valorPerc": 1}),
            ("abatimento", {"modalidade": 1, "valorPerc": "100.00"}),
            ("desconto", {"modalidade": 1, "valorPerc": "5.00"}),
            ("desconto", {"modalidade": 5, "descontoDataFixa": []}),
            (
                "desconto",
                {
                    "modalidade": 1,
                    "descontoDataFixa": [{"data": "2099-03-11", "valorPerc": "5.00"}],
                },
            ),
        ],
    )
    def test_out_of_the_schema(self, name, wrong):
        valor = DUE_CHARGE["valor"] | {name: wrong}
        body = DUE_CHARGE | {"valor": valor}

        found = due_violations(body, key=KEY, today=date(2099, 1, 1))

        assert f"cobv.valor.{name}" in {one.where for one in found}

    def test_a_due_date_that_has_passed_and_a_removal_with_more(self, call):
        past = {"calendario": {"dataDeVencimento": "2020-01-01"}}
        assert call("PUT", f"/cobv/{TXID}", json_=DUE_CHARGE | past).status_code == 400
        call("PUT", f"/cobv/{TXID}", json_=DUE_CHARGE)
        gone = {"status": "REMOVIDA_PELO_USUARIO_RECEBEDOR"}
        mixed = gone | {"solicitacaoPagador": "x"}
        assert call("PATCH", f"/cobv/{TXID}", json_=mixed).status_code == 400
        assert call("PATCH", f"/cobv/{TXID}", json_=gone).json()["status"] == gone["status"]

    @pytest.mark.parametrize(
        ("valor", "days", "total"),
        [
            ({"juros": {"modalidade": 1, "valorPerc": "0.10"}}, 3, 10030),
            ({"juros": {"modalidade": 5, "valorPerc": "0.10"}}, 6, 10040),  # over a weekend
            ({"juros": {"modalidade": 4, "valorPerc": "12.00"}}, 30, 10099),
            ({"multa": {"modalidade": 1, "valorPerc": "1.50"}}, 1, 10150),
            ({"abatimento": {"modalidade": 2, "valorPerc": "10.00"}}, 1, 9000),
            ({"desconto": {"modalidade": 3, "valorPerc": "0.50"}}, -4, 9800),
            ({"desconto": {"modalidade": 5, "valorPerc": "1.00"}}, -4, 9600),
        ],
    )
    def test_costs_what_its_terms_make_of_the_day(self, valor, days, total):
        charge = DUE_CHARGE | {"valor": {"original": "100.00", **valor}}
        day = datetime(2099, 3, 10, 15, tzinfo=UTC) + timedelta(days=days)

        assert due_parts(charge, at=day).total == total


class TestRefusals:
    @pytest.mark.parametrize(
        "changes",
        [
            {"valor": {"original": "37"}},
            {"valor": {"original": "0.00"}},
            {"valor": {"original": 37.0}},
            {"valor": {}},
            {"chave": "outra"},
            {"calendario": {"expiracao": 0}},
            {"calendario": {"expiracao": "3600"}},
            {"devedor": {"nome": "Ninguém"}},
            {"devedor": {"cpf": "12345678909", "cnpj": "12345678000195", "nome": "Dois"}},
            {"devedor": {"cpf": "11111111111", "nome": "Repetido"}},
            {"devedor": {"cnpj": "12345678000195"}},
            {"devedor": {"cnpj": "12.345.678/0001-95", "nome": "Pontuada"}},
            {"solicitacaoPagador": "x" * 141},
            {"infoAdicionais": [{"nome": "sem valor"}]},
        ],
    )
    def test_a_charge_out_of_the_schema(self, call, changes):
        refused = put(call, **changes)

        assert refused.status_code == 400
        assert refused.json()["type"].endswith("/CobOperacaoInvalida")
        assert refused.json()["violacoes"]

    def test_a_charge_that_lacks_a_field(self, call):
        for name in ("calendario", "valor", "chave"):
            body = {k: v for k, v in CHARGE.items() if k != name}
            assert call("PUT", f"/cob/{TXID}", json_=body).status_code == 400

    @pytest.mark.parametrize(
        "params", [{}, PERIOD | {"inicio": "ontem"}, PERIOD | {"fim": "2020-01-01"}]
    )
    def test_a_period_out_of_the_standard(self, psp, certificates, params):
        context = certificates.client_context(with_certificate=True)
        with httpx.Client(base_url=psp.url, verify=context, trust_env=False) as http:
            form = {"grant_type": "client_credentials"}
            got = http.post("/oauth/token", data=form, auth=("alicerce", "segredo")).json()
            headers = {"Authorization": f"Bearer {got['access_token']}"}
            assert http.get("/pix", params=params, headers=headers).status_code == 400
            assert http.get("/pix", params=PERIOD).status_code == 401
            assert (
                http.post("/oauth/token", data=form, auth=("alicerce", "x")).status_code == 401
            )
