"""The API in OpenAPI 3.1, drawn from the operations themselves."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import orjson
from django.utils.translation import gettext, override
from ninja.operation import Operation

from alicerce.apps.developers import public as developers
from alicerce.apps.developers.types import API_VERSIONS, SCOPES
from alicerce.apps.marketplace.types import APP_SCOPES
from alicerce.kernel.access import declared_permission
from alicerce.kernel.rest import problems
from alicerce.kernel.rest.problems import Problem
from alicerce.kernel.rest.routing import ANY_KEY
from alicerce.surfaces.api.application import operations_by_path
from alicerce.surfaces.api.common import HEADERS, PROBLEM
from alicerce.surfaces.api.examples import example_of
from alicerce.surfaces.api.languages import translated
from alicerce.surfaces.api.parameters import Node, parameters
from alicerce.surfaces.api.schema import schema
from alicerce.surfaces.api.urls import TYPED

# In English, because generated clients are named after them; people read the second word.
TAGS: Mapping[str, tuple[str, str]] = {
    "Account": ("Início", "A chave ou o aplicativo em uso."),
    "Keys": ("Chaves", "Quem pode chamar a API, e para quê."),
    "Team": ("Equipe", "Quem trabalha na empresa, com que papel."),
    "Customers": ("Clientes", "Quem compra da empresa."),
    "Plans": ("Planos", "O que está à venda."),
    "Coupons": ("Cupons", "Descontos que o comprador pede com um código."),
    "Services": ("Serviços", "Contas de hospedagem, do pedido à ativação."),
    "Orders": ("Pedidos", "O que foi comprado e até onde foi a entrega."),
    "Subscriptions": ("Assinaturas", "O que se renova, e até quando foi faturado."),
    "Usage": ("Uso medido", "O que se mede, o que se usou e quanto isso custa."),
    "Invoices": ("Faturas", "O que foi cobrado e o que foi pago."),
    "Corrections": ("Correções", "O que um programa pede, e uma pessoa aprova."),
    "Payment accounts": (
        "Contas de recebimento",
        "Por onde a empresa é paga, e o que a plataforma retém.",
    ),
    "Payment methods": ("Cartões e autorizações", "Cartões guardados, e Pix Automático."),
    "Dunning": ("Régua de cobrança", "O que acontece com o que não foi pago."),
    "Disputes": ("Disputas", "Pagamentos que alguém contestou."),
    "Fiscal documents": ("Notas fiscais", "As NFS-e das faturas."),
    "Reconciliation": (
        "Conciliação",
        "O que o provedor, o razão e o banco dizem do mesmo dinheiro.",
    ),
    "Reports": ("Relatórios", "Os números do negócio, com as fórmulas ditas."),
    "Forecasts": ("Previsões", "Os próximos meses da cobrança, sem enviar nada."),
    "Domains": ("Domínios", "Zonas de DNS dos serviços."),
    "Test clock": ("Ambiente de testes", "O tempo e os planos do ambiente de testes."),
    "Migrations": ("Migrações", "Contas que vêm de outro servidor cPanel."),
    "Switching": (
        "Troca de sistema",
        "O que vem de outro sistema, e a comparação das cobranças.",
    ),
    "Events": ("Eventos", "O que aconteceu, por trinta dias."),
    "Host names": ("Endereços próprios", "Nomes de domínios da empresa que levam a ela."),
    "Platform": ("Plataforma", "O que a empresa paga à plataforma."),
    "Webhooks": ("Webhooks", "Sistemas que são avisados, e cada entrega."),
}
INTRODUCTION = (
    "Envie a chave, ou o token de um aplicativo, em `Authorization: Bearer …`. Dinheiro vem em centavos, com a moeda; "
    "instantes vêm em UTC (RFC 3339). Erros seguem a RFC 9457 e têm um `code` estável. "
    "Um POST com `Idempotency-Key` pode ser repetido sem medo: é feito uma vez só."
)
ALWAYS = (
    problems.Malformed,
    problems.Unauthenticated,
    problems.InsufficientScope,
    problems.NotAcceptable,
    problems.Invalid,
    problems.TooManyRequests,
    problems.Broken,
    problems.Away,
)
WITH_BODY = (problems.TooLarge, problems.UnsupportedMediaType)


def document(language: str = "pt-br") -> Node:
    """The whole document. The same code draws the same bytes."""
    with override(language):
        return _drawn()


def text(language: str = "pt-br") -> bytes:
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
    return orjson.dumps(document(language), option=options) + b"\n"


def _drawn() -> Node:
    drawn: Node = orjson.loads(schema())
    _describe(drawn)
    for path, method, operation in _operations():
        _complete(drawn["paths"][path][method], method, operation)
    drawn["components"]["schemas"]["Problem"] = PROBLEM
    _prune(drawn)
    _keep_to_ourselves(drawn)
    told: Node = translated(drawn)
    return told


def _keep_to_ourselves(drawn: Node) -> None:
    """What a vocabulary of ours says of itself is for who writes this program."""
    for model in drawn["components"]["schemas"].values():
        if "enum" in model:
            model.pop("description", None)


def _describe(drawn: Node) -> None:
    drawn["info"] |= {
        "title": gettext("API da Alicerce"),
        "version": API_VERSIONS[-1],
        "description": INTRODUCTION,
        "contact": {"name": "Alicerce"},
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }
    drawn["servers"] = [{"url": "/", "description": "O endereço da sua empresa."}]
    drawn["tags"] = [
        {"name": name, "x-displayName": shown, "description": told}
        for name, (shown, told) in TAGS.items()
    ]
    drawn["components"] |= {
        "headers": dict(HEADERS),
        "securitySchemes": {
            "bearerAuth": {
                "type": "http",
                "scheme": "bearer",
                "description": f"Uma chave da API. Permissões: {', '.join(SCOPES)}.",
            },
            "oauth2": _oauth(),
        },
    }


def _oauth() -> Node:
    """What an app is told: for a company that installs it, and for the one that publishes it."""
    scopes = {scope: developers.scope_words(scope) for scope in APP_SCOPES}
    token = {"tokenUrl": "/oauth/token", "scopes": scopes}
    return {
        "type": "oauth2",
        "description": "Um aplicativo (OAuth 2.1, PKCE com S256), no endereço da plataforma.",
        "flows": {
            "authorizationCode": {
                "authorizationUrl": "/oauth/authorize",
                "refreshUrl": "/oauth/token",
                **token,
            },
            "clientCredentials": token,
        },
    }


def _security(permission: str | None) -> list[Node]:
    """A key opens everything; an app's token all but keys."""
    key: Node = {"bearerAuth": []}
    if permission == ANY_KEY:
        return [key, {"oauth2": []}]
    return [key, {"oauth2": [permission]}] if permission in APP_SCOPES else [key]


def _operations() -> Iterator[tuple[str, str, Operation]]:
    for template, found in operations_by_path().items():
        for method, operation in found.items():
            yield "/v1" + TYPED.sub(r"{\2}", template), method.lower(), operation


def _complete(node: Node, method: str, operation: Operation) -> None:
    """What ninja cannot know: who may, headers, examples, and every way to be refused."""
    permission = declared_permission(operation.view_func)
    node["security"] = _security(permission)
    if permission != ANY_KEY:
        node["description"] += f"\n\nPede a permissão `{permission}`."
    node["parameters"] += parameters(method, operation)
    for parameter in node["parameters"]:
        parameter["schema"].pop("title", None)
        parameter.setdefault("description", _meaning(parameter["name"]))
    for status, response in node["responses"].items():
        _succeed(response, status, operation)
    if body := node.get("requestBody"):
        content = body["content"]["application/json"]
        content["example"] = example_of(operation.operation_id or "", "request")
    node["responses"] |= _refusals(method, operation, has_path="{" in operation.path)


def _meaning(name: str) -> str:
    return f"O identificador ({name.removesuffix('_id')})." if name.endswith("_id") else name


def _succeed(response: Node, status: str, operation: Operation) -> None:
    names = list(HEADERS)
    headers: Node = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    if status in {"201", "202"}:
        headers["Location"] = {"description": "Onde está.", "schema": {"type": "string"}}
    response["headers"] = headers
    response["description"] = "Feito." if status == "200" else "Criado."
    if status == "202":
        response["description"] = "Aceito: acompanhe em Location."
    if media := getattr(operation.view_func, "gives", ""):
        response["content"] = {
            media: {"schema": {"type": "string", "format": "binary"}, "example": "%PDF-1.7"}
        }
        return
    content = response["content"]["application/json"]
    content["example"] = example_of(operation.operation_id or "", "response")


def _refusals(method: str, operation: Operation, *, has_path: bool) -> Node:
    codes: dict[int, list[str]] = defaultdict(list)
    for problem in _usual(method, has_path=has_path):
        codes[problem.status].append(problem.code)
    for status, code in getattr(operation.view_func, "refusals", ()):
        codes[status].append(code)
    return {str(status): _refusal(status, codes[status]) for status in sorted(codes)}


def _usual(method: str, *, has_path: bool) -> Iterator[type[Problem]]:
    yield from ALWAYS
    if has_path:
        yield problems.NotFound
    if method in {"post", "patch"}:
        yield from WITH_BODY
    if method == "post":
        yield problems.BadIdempotencyKey
        yield problems.InFlight
        yield problems.KeyReused
    if method == "patch":
        yield problems.PreconditionFailed
        yield problems.PreconditionRequired


def _refusal(status: int, codes: list[str]) -> Node:
    title = next((str(p.title) for p in problems.known() if p.code == codes[0]), codes[0])
    example = {
        "type": f"/docs/erros/#{codes[0]}",
        "title": title,
        "status": status,
        "detail": title,
        "code": codes[0],
        "request_id": "0199a3c2-5b7e-7d10-9a44-0c1f5a7e2b31",
        "errors": [],
    }
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": "Recusado: " + ", ".join(f"`{code}`" for code in dict.fromkeys(codes)),
        "headers": {
            "Alicerce-Request-Id": {"$ref": "#/components/headers/Alicerce-Request-Id"}
        },
        "content": {"application/problem+json": {"schema": schema, "example": example}},
    }


def _prune(drawn: Node) -> None:
    """Schemas that nothing refers to are nobody's business."""
    schemas = drawn["components"]["schemas"]
    while True:
        said = orjson.dumps(drawn).decode()
        unused = [name for name in schemas if f'"#/components/schemas/{name}"' not in said]
        if not unused:
            return
        for name in unused:
            del schemas[name]
