"""A PSP over HTTP, strict and with a memory. Run it where it may demand a client's certificate."""

import json
import secrets
import ssl
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from alicerce.kernel.clock import now
from alicerce.vendors.pix.simulator import checks
from alicerce.vendors.pix.simulator.access import Gate
from alicerce.vendors.pix.simulator.automatic_desk import AutomaticDesk
from alicerce.vendors.pix.simulator.due import SAO_PAULO
from alicerce.vendors.pix.simulator.due_checks import due_revision_violations, due_violations
from alicerce.vendors.pix.simulator.misbehavior import answer
from alicerce.vendors.pix.simulator.problems import Problem, Violation, invalid
from alicerce.vendors.pix.simulator.provider import PixProvider
from alicerce.vendors.pix.simulator.records import Json, Receiver
from alicerce.vendors.simulation.courier import CALLBACK_FAULTS, Courier
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.store import Store

Work = Callable[[Request, Any], Response]


def pix_app(
    store: Store,
    faults: Faults,
    *,
    client_id: str,
    client_secret: str,
    pix_key: str,
    receiver_name: str,
    receiver_city: str,
    receiver_cnpj: str = "12345678000195",
    token_seconds: int = 3600,
    callback_tls: ssl.SSLContext | None = None,
    clock: Callable[[], datetime] = now,
) -> Starlette:
    """`app.state.provider` pays and calls back; `app.state.gate` can revoke every token."""
    receiver = Receiver(receiver_name, receiver_city, receiver_cnpj, pix_key)
    courier = Courier(
        pick=lambda: faults.pick("pix.callback", among=CALLBACK_FAULTS), tls=callback_tls
    )
    provider = PixProvider(store=store, courier=courier, receiver=receiver, clock=clock)
    gate = Gate(
        client_id=client_id,
        client_secret=client_secret,
        token_seconds=token_seconds,
        clock=clock,
    )
    app = Starlette(routes=_Desk(provider, gate, faults).routes())
    app.state.provider = provider
    app.state.gate = gate
    return app


class _Desk:
    """One method per operation of the specification."""

    def __init__(self, provider: PixProvider, gate: Gate, faults: Faults) -> None:
        self._provider, self._gate, self._faults = provider, gate, faults

    def routes(self) -> list[Route]:
        return [
            Route("/oauth/token", self._token, methods=["POST"]),
            self._route("PUT", "/cob/{txid}", "put_cob", self._put_cob),
            self._route("PATCH", "/cob/{txid}", "patch_cob", self._patch_cob),
            self._route("GET", "/cob/{txid}", "get_cob", self._get_cob),
            self._route("POST", "/cob", "post_cob", self._post_cob),
            self._route("PUT", "/cobv/{txid}", "put_cobv", self._put_cobv),
            self._route("PATCH", "/cobv/{txid}", "patch_cobv", self._patch_cobv),
            self._route("GET", "/cobv/{txid}", "get_cobv", self._get_cobv),
            self._route("GET", "/pix", "list_pix", self._list_pix),
            self._route("GET", "/pix/{e2eid}", "get_pix", self._get_pix),
            self._route(
                "PUT", "/pix/{e2eid}/devolucao/{id}", "put_devolucao", self._put_refund
            ),
            self._route(
                "GET", "/pix/{e2eid}/devolucao/{id}", "get_devolucao", self._get_refund
            ),
            self._route("PUT", "/webhook/{key:path}", "put_webhook", self._put_webhook),
            self._route("GET", "/webhook/{key:path}", "get_webhook", self._get_webhook),
            self._route(
                "DELETE", "/webhook/{key:path}", "delete_webhook", self._delete_webhook
            ),
            *(self._route(*one) for one in AutomaticDesk(self._provider).operations()),
        ]

    def _route(self, method: str, path: str, name: str, work: Work) -> Route:
        async def endpoint(request: Request) -> Response:
            raw = await request.body()
            return await answer(
                request,
                faults=self._faults,
                operation=f"pix.{name}",
                params={**request.path_params, **request.query_params},
                work=lambda: self._admit(request, raw, work),
            )

        return Route(path, endpoint, methods=[method], name=name)

    def _admit(self, request: Request, raw: bytes, work: Work) -> Response:
        self._gate.check(request)
        return work(request, _read_json(raw) if raw else None)

    async def _token(self, request: Request) -> Response:
        raw = await request.body()
        return await answer(
            request,
            faults=self._faults,
            operation="pix.token",
            params={},
            work=lambda: JSONResponse(self._gate.issue(request, raw)),
        )

    def _put_cob(self, request: Request, body: Any) -> Response:
        txid = request.path_params["txid"]
        self._check_charge(checks.txid_violations(txid) + self._wrong(body))
        return JSONResponse(self._provider.put_charge(txid, body), 201)

    def _patch_cob(self, request: Request, body: Any) -> Response:
        key = self._provider.receiver.key
        self._check_charge(checks.revision_violations(body, key=key))
        return JSONResponse(self._provider.patch_charge(request.path_params["txid"], body))

    def _get_cob(self, request: Request, _: Any) -> Response:
        return JSONResponse(self._provider.charge(request.path_params["txid"], due=False))

    def _put_cobv(self, request: Request, body: Any) -> Response:
        txid, key = request.path_params["txid"], self._provider.receiver.key
        today = self._provider.clock().astimezone(SAO_PAULO).date()
        wrong = due_violations(body, key=key, today=today)
        self._check_due_charge(checks.txid_violations(txid) + wrong)
        return JSONResponse(self._provider.put_charge(txid, body, due=True), 201)

    def _patch_cobv(self, request: Request, body: Any) -> Response:
        self._check_due_charge(due_revision_violations(body, key=self._provider.receiver.key))
        txid = request.path_params["txid"]
        return JSONResponse(self._provider.patch_charge(txid, body, due=True))

    def _get_cobv(self, request: Request, _: Any) -> Response:
        return JSONResponse(self._provider.charge(request.path_params["txid"], due=True))

    def _post_cob(self, _: Request, body: Any) -> Response:
        self._check_charge(self._wrong(body))
        return JSONResponse(self._provider.put_charge(secrets.token_hex(16), body), 201)

    def _list_pix(self, request: Request, _: Any) -> Response:
        query = request.query_params
        if wrong := [*checks.period_violations(query), *checks.page_violations(query)]:
            raise invalid("PixConsultaInvalida", wrong)
        return JSONResponse(_page(self._in_period(query), query))

    def _get_pix(self, request: Request, _: Any) -> Response:
        return JSONResponse(self._provider.pix(request.path_params["e2eid"]))

    def _put_refund(self, request: Request, body: Any) -> Response:
        params = request.path_params
        if wrong := checks.refund_violations(params["id"], body):
            raise invalid("PixDevolucaoInvalida", wrong)
        made = self._provider.put_refund(params["e2eid"], params["id"], body)
        return JSONResponse(made, 201)

    def _get_refund(self, request: Request, _: Any) -> Response:
        params = request.path_params
        return JSONResponse(self._provider.refund(params["e2eid"], params["id"]))

    def _put_webhook(self, request: Request, body: Any) -> Response:
        if wrong := checks.webhook_violations(body):
            raise invalid("WebhookOperacaoInvalida", wrong)
        self._provider.put_webhook(request.path_params["key"], body["webhookUrl"])
        return Response(status_code=200)

    def _get_webhook(self, request: Request, _: Any) -> Response:
        return JSONResponse(self._provider.webhook(request.path_params["key"]))

    def _delete_webhook(self, request: Request, _: Any) -> Response:
        self._provider.delete_webhook(request.path_params["key"])
        return Response(status_code=204)

    def _wrong(self, body: Any) -> list[Violation]:
        return checks.charge_violations(body, key=self._provider.receiver.key)

    def _check_charge(self, wrong: list[Violation]) -> None:
        if wrong:
            raise invalid("CobOperacaoInvalida", wrong)

    def _check_due_charge(self, wrong: list[Violation]) -> None:
        if wrong:
            raise invalid("CobVOperacaoInvalida", wrong)

    def _in_period(self, query: Mapping[str, str]) -> list[Json]:
        start, end = (checks.read_rfc3339(query[name]) for name in ("inicio", "fim"))
        found = self._provider.received(start=start, end=end)
        return [pix for pix in found if query.get("txid") in {None, pix["txid"]}]


def _page(found: list[Json], query: Mapping[str, str]) -> Json:
    page = int(query.get("paginacao.paginaAtual", "0"))
    size = int(query.get("paginacao.itensPorPagina", "100"))
    pagination = {
        "paginaAtual": page,
        "itensPorPagina": size,
        "quantidadeDePaginas": max(1, -(-len(found) // size)),
        "quantidadeTotalDeItens": len(found),
    }
    asked = {"inicio": query["inicio"], "fim": query["fim"], "paginacao": pagination}
    return {"parametros": asked, "pix": found[page * size : (page + 1) * size]}


def _read_json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise Problem("RequisicaoInvalida", 400, "O corpo não é JSON.") from None
