"""Every answer of the simulated PSP is one the Central Bank's specification allows."""

import json
from pathlib import Path

import httpx
import pytest

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
