"""The operations of recurrences and their debits, with the specification's complaints about each."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from alicerce.vendors.pix.recurring import CANCELED, NO_RETRIES, RETRIES
from alicerce.vendors.pix.simulator import checks
from alicerce.vendors.pix.simulator.problems import Violation, invalid
from alicerce.vendors.pix.valor import read_valor

if TYPE_CHECKING:
    from alicerce.vendors.pix.simulator.provider import PixProvider

PERIODS = {"SEMANAL", "MENSAL", "TRIMESTRAL", "SEMESTRAL", "ANUAL"}
ACCOUNTS = {"CORRENTE", "POUPANCA", "PAGAMENTO"}
LONGEST = 35
LONGEST_ACCOUNT, LONGEST_BRANCH = 20, 4
PARTICIPANT = re.compile(r"[0-9A-Z]{8}")
DOCUMENTS = {"cpf": re.compile(r"\d{11}"), "cnpj": re.compile(r"[0-9A-Z]{14}")}
MAX_TEXT = 140

Work = Callable[[Request, Any], Response]


class AutomaticDesk:
    """One method per operation of the specification."""

    def __init__(self, provider: "PixProvider") -> None:
        self._provider, self._automatic = provider, provider.automatic

    def operations(self) -> list[tuple[str, str, str, Work]]:
        return [
            ("POST", "/locrec", "post_locrec", self._post_location),
            ("GET", "/locrec/{id}", "get_locrec", self._get_location),
            ("POST", "/rec", "post_rec", self._post_rec),
            ("GET", "/rec", "list_rec", self._list_rec),
            ("GET", "/rec/{id}", "get_rec", self._get_rec),
            ("PATCH", "/rec/{id}", "patch_rec", self._patch_rec),
            ("POST", "/solicrec", "post_solicrec", self._post_request),
            ("GET", "/solicrec/{id}", "get_solicrec", self._get_request),
            ("PATCH", "/solicrec/{id}", "patch_solicrec", self._patch_request),
            ("PUT", "/cobr/{txid}", "put_cobr", self._put_cobr),
            ("GET", "/cobr/{txid}", "get_cobr", self._get_cobr),
            ("PATCH", "/cobr/{txid}", "patch_cobr", self._patch_cobr),
            ("POST", "/cobr/{txid}/retentativa/{data}", "post_retentativa", self._retry),
            *self._webhook("rec", "WebhookRecOperacaoInvalida"),
            *self._webhook("cobr", "WebhookCobROperacaoInvalida"),
        ]

    def _post_location(self, _: Request, __: Any) -> Response:
        return JSONResponse(self._automatic.make_location(), 201)

    def _get_location(self, request: Request, _: Any) -> Response:
        return JSONResponse(self._automatic.location(request.path_params["id"]))

    def _post_rec(self, _: Request, body: Any) -> Response:
        if wrong := list(_rec(body, self._automatic.today)):
            raise invalid("RecOperacaoInvalida", wrong)
        return JSONResponse(self._automatic.make(body), 201)

    def _list_rec(self, request: Request, _: Any) -> Response:
        query = request.query_params
        if wrong := [*checks.period_violations(query), *checks.page_violations(query)]:
            raise invalid("RecConsultaInvalida", wrong)
        start, end = (checks.read_rfc3339(query[name]) for name in ("inicio", "fim"))
        found = [
            x
            for x in self._automatic.recurrences(start=start, end=end)
            if all(
                x["vinculo"]["devedor"].get(kind) == query[kind]
                for kind in ("cpf", "cnpj")
                if kind in query
            )
        ]
        pages = {
            "paginaAtual": 0,
            "itensPorPagina": int(query.get("paginacao.itensPorPagina", "100")),
            "quantidadeDePaginas": 1,
            "quantidadeTotalDeItens": len(found),
        }
        asked = {"inicio": query["inicio"], "fim": query["fim"], "paginacao": pages}
        return JSONResponse({"parametros": asked, "recs": found})

    def _get_rec(self, request: Request, _: Any) -> Response:
        txid = request.query_params.get("txid", "")
        name = request.path_params["id"]
        return JSONResponse(self._automatic.recurrence(name, txid=txid))

    def _patch_rec(self, request: Request, body: Any) -> Response:
        self._only_cancels(body, "RecOperacaoInvalida", "rec.status")
        return JSONResponse(self._automatic.cancel(request.path_params["id"]))

    def _post_request(self, _: Request, body: Any) -> Response:
        if wrong := list(_request(body, self._provider.clock())):
            raise invalid("SolicRecOperacaoInvalida", wrong)
        asked = self._automatic.recurrence(body["idRec"])
        return JSONResponse(self._automatic.requests.make(body, asked), 201)

    def _get_request(self, request: Request, _: Any) -> Response:
        return JSONResponse(self._automatic.requests.request(request.path_params["id"]))

    def _patch_request(self, request: Request, body: Any) -> Response:
        self._only_cancels(body, "SolicRecOperacaoInvalida", "solicrec.status")
        return JSONResponse(self._automatic.requests.cancel(request.path_params["id"]), 201)

    def _put_cobr(self, request: Request, body: Any) -> Response:
        txid = request.path_params["txid"]
        wrong = [*checks.txid_violations(txid), *_cobr(body, self._automatic.today)]
        if wrong:
            raise invalid("CobROperacaoInvalida", wrong)
        return JSONResponse(self._automatic.put_debit(txid, body), 201)

    def _get_cobr(self, request: Request, _: Any) -> Response:
        return JSONResponse(self._automatic.debit(request.path_params["txid"]))

    def _patch_cobr(self, request: Request, body: Any) -> Response:
        self._only_cancels(body, "CobROperacaoInvalida", "cobr.status")
        return JSONResponse(self._automatic.cancel_debit(request.path_params["txid"]))

    def _retry(self, request: Request, _: Any) -> Response:
        on = _day(request.path_params["data"])
        if on is None:
            raise invalid("CobROperacaoInvalida", [Violation("data", "não é uma data")])
        made = self._automatic.retry(request.path_params["txid"], on)
        return JSONResponse(made, 201)

    def _only_cancels(self, body: Any, problem: str, where: str) -> None:
        if not isinstance(body, Mapping) or body.get("status") != CANCELED:
            raise invalid(problem, [Violation(where, "não respeita o schema", body)])

    def _webhook(self, name: str, problem: str) -> Iterator[tuple[str, str, str, Work]]:
        def put(_: Request, body: Any) -> Response:
            if wrong := checks.webhook_violations(body):
                raise invalid(problem, wrong)
            self._provider.put_named_webhook(name, body["webhookUrl"], {})
            return Response(status_code=200)

        def get(_: Request, __: Any) -> Response:
            return JSONResponse(self._provider.named_webhook(name))

        def delete(_: Request, __: Any) -> Response:
            self._provider.delete_webhook(name)
            return Response(status_code=204)

        path = f"/webhook{name}"
        yield "PUT", path, f"put_webhook{name}", put
        yield "GET", path, f"get_webhook{name}", get
        yield "DELETE", path, f"delete_webhook{name}", delete


def _rec(body: Any, today: date) -> Iterator[Violation]:
    if not isinstance(body, Mapping):
        yield Violation("rec", "não é um objeto")
        return
    yield from _bond(body.get("vinculo"))
    calendar = body.get("calendario") or {}
    begins, ends = _day(calendar.get("dataInicial")), _day(calendar.get("dataFinal"))
    if begins is None or begins < today:
        yield Violation("rec.calendario.dataInicial", "anterior à criação", begins)
    if begins and ends and ends < begins:
        yield Violation("rec.calendario.dataFinal", "anterior à dataInicial", ends)
    if calendar.get("periodicidade") not in PERIODS:
        yield Violation("rec.calendario.periodicidade", "não respeita o schema")
    if body.get("politicaRetentativa") not in {RETRIES, NO_RETRIES}:
        yield Violation("rec.politicaRetentativa", "não respeita o schema")
    valor = body.get("valor") or {}
    if "valorRec" in valor and "valorMinimoRecebedor" in valor:
        yield Violation("rec.valor", "valorRec e valorMinimoRecebedor preenchidos")
    for name in ("valorRec", "valorMinimoRecebedor"):
        if name in valor and not _cents(valor[name]):
            yield Violation(f"rec.valor.{name}", "não respeita o schema", valor[name])


def _bond(bond: Any) -> Iterator[Violation]:
    who = bond.get("devedor") if isinstance(bond, Mapping) else None
    if not isinstance(who, Mapping) or not who.get("nome"):
        yield Violation("rec.vinculo", "não respeita o schema")
        return
    yield from checks.revision_violations({"devedor": who}, key="")
    for name in ("contrato", "objeto"):
        if not 0 < len(str(bond.get(name, "x"))) <= LONGEST:
            yield Violation(f"rec.vinculo.{name}", f"excede {LONGEST} caracteres")
    if not bond.get("contrato"):
        yield Violation("rec.vinculo.contrato", "ausente")


def _request(body: Any, at: datetime) -> Iterator[Violation]:
    if not isinstance(body, Mapping) or not isinstance(body.get("idRec"), str):
        yield Violation("solicrec.idRec", "não respeita o schema")
        return
    calendar = body.get("calendario")
    until = calendar.get("dataExpiracaoSolicitacao") if isinstance(calendar, Mapping) else None
    ends = checks.read_rfc3339(until) if isinstance(until, str) else None
    if ends is None or ends < at:
        where = "solicrec.calendario.dataExpiracaoSolicitacao"
        yield Violation(where, "anterior à criação", until)
    yield from _recipient(body.get("destinatario"))


def _recipient(account: Any) -> Iterator[Violation]:
    where, why = "solicrec.destinatario", "não respeita o schema"
    if not isinstance(account, Mapping) or ("cpf" in account) == ("cnpj" in account):
        yield Violation(where, why, account)
        return
    kind = "cpf" if "cpf" in account else "cnpj"
    good = (
        PARTICIPANT.fullmatch(str(account.get("ispbParticipante"))),
        0 < len(str(account.get("conta") or "")) <= LONGEST_ACCOUNT,
        len(str(account.get("agencia", ""))) <= LONGEST_BRANCH,
        DOCUMENTS[kind].fullmatch(str(account[kind])),
    )
    if not all(good):
        yield Violation(where, why, account)


def _cobr(body: Any, today: date) -> Iterator[Violation]:
    if not isinstance(body, Mapping):
        yield Violation("cobr", "não é um objeto")
        return
    calendar = body.get("calendario")
    due_on = _day(calendar.get("dataDeVencimento")) if isinstance(calendar, Mapping) else None
    if due_on is None or due_on < today:
        yield Violation("cobr.calendario.dataDeVencimento", "anterior à criação", due_on)
    valor = body.get("valor")
    if not isinstance(valor, Mapping) or not _cents(valor.get("original")):
        yield Violation("cobr.valor", "não respeita o schema", valor)
    if not isinstance(body.get("idRec"), str) or type(body.get("ajusteDiaUtil")) is not bool:
        yield Violation("cobr.idRec", "não respeita o schema", body.get("idRec"))
    account = body.get("recebedor")
    if not isinstance(account, Mapping) or account.get("tipoConta") not in ACCOUNTS:
        yield Violation("cobr.recebedor", "não respeita o schema", account)
    elif not account.get("conta"):
        yield Violation("cobr.recebedor.conta", "ausente")
    if len(str(body.get("infoAdicional", ""))) > MAX_TEXT:
        yield Violation("cobr.infoAdicional", "excede 140 caracteres")


def _cents(text: Any) -> int:
    try:
        return read_valor(text).cents
    except ValueError:
        return 0


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
