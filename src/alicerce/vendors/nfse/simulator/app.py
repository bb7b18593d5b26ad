"""The national system over HTTP. Run it where it demands a company's certificate."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from alicerce.kernel.clock import now
from alicerce.vendors.nfse.packing import packed, unpacked
from alicerce.vendors.nfse.simulator.registry import Refused, Registry
from alicerce.vendors.simulation.dropping import drop, hang
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.store import Store

HANG, CUT, REJECT, BROKEN = "execute_then_hang", "execute_then_drop", "reject", "500"
FAULTS = frozenset({HANG, CUT, REJECT, BROKEN})
CREATED, NOT_FOUND, ERROR = 201, 404, 500

Work = Callable[[], dict[str, Any]]


def nfse_app(store: Store, faults: Faults, *, clock: Callable[[], datetime] = now) -> Starlette:
    """`app.state.registry` knows the notes."""
    registry = Registry(store, clock=clock)
    desk = _Desk(registry, faults)
    app = Starlette(
        routes=[
            Route("/nfse", desk.issue, methods=["POST"]),
            Route("/dps/{id}", desk.of_dps, methods=["GET"]),
            Route("/nfse/{key}", desk.note, methods=["GET"]),
            Route("/nfse/{key}/eventos", desk.event, methods=["POST"]),
            Route("/nfse/{key}/eventos/{kind}/{place}", desk.events, methods=["GET"]),
        ]
    )
    app.state.registry = registry
    return app


class _Desk:
    """One method per operation."""

    def __init__(self, registry: Registry, faults: Faults) -> None:
        self._registry, self._faults = registry, faults

    async def issue(self, request: Request) -> Response:
        raw = await request.body()

        def work() -> dict[str, Any]:
            key, note = self._registry.authorize(_inside(raw, "dpsXmlGZipB64"))
            return {"chaveAcesso": key, "nfseXmlGZipB64": packed(note)}

        return await self._answer(request, "nfse.issue", work, status=CREATED)

    async def of_dps(self, request: Request) -> Response:
        def work() -> dict[str, Any]:
            key = self._registry.key_of(request.path_params["id"])
            if key is None:
                raise Refused("E2222", "Não há NFS-e desta DPS.", NOT_FOUND)
            return {"idDps": request.path_params["id"], "chaveAcesso": key}

        return await self._answer(request, "nfse.of_dps", work)

    async def note(self, request: Request) -> Response:
        def work() -> dict[str, Any]:
            key = request.path_params["key"]
            note = self._registry.note(key)
            if note is None:
                raise Refused("E2220", "Não há NFS-e desta chave.", NOT_FOUND)
            return {"chaveAcesso": key, "nfseXmlGZipB64": packed(note)}

        return await self._answer(request, "nfse.note", work)

    async def event(self, request: Request) -> Response:
        raw = await request.body()

        def work() -> dict[str, Any]:
            xml = _inside(raw, "pedidoRegistroEventoXmlGZipB64")
            self._registry.cancel(request.path_params["key"], xml)
            return {"eventoXmlGZipB64": packed(xml)}

        return await self._answer(request, "nfse.event", work, status=CREATED)

    async def events(self, request: Request) -> Response:
        def work() -> dict[str, Any]:
            if not self._registry.is_cancelled(request.path_params["key"]):
                raise Refused("E1880", "Não há este evento.", NOT_FOUND)
            return {"tipoEvento": request.path_params["kind"]}

        return await self._answer(request, "nfse.events", work)

    async def _answer(
        self, request: Request, operation: str, work: Work, *, status: int = 200
    ) -> Response:
        fault = self._faults.pick(operation, among=FAULTS)
        if fault == BROKEN:
            response: Response = JSONResponse({}, ERROR)
        elif fault == REJECT:
            response = _refusal(Refused("E0312", "Código de tributação não administrado."))
        else:
            response = _done(work, status)
        self._faults.record(
            operation, request.path_params, outcome=fault or str(response.status_code)
        )
        if fault == HANG:
            return await hang(request)
        return await drop(request) if fault == CUT else response


def _done(work: Work, status: int) -> Response:
    try:
        return JSONResponse({"tipoAmbiente": 2, **work()}, status)
    except Refused as refused:
        return _refusal(refused)


def _refusal(refused: Refused) -> Response:
    said = [{"Codigo": refused.code, "Descricao": refused.words}]
    return JSONResponse({"tipoAmbiente": 2, "erros": said}, refused.status)


def _inside(raw: bytes, name: str) -> str:
    try:
        return unpacked(str(json.loads(raw)[name]))
    except (ValueError, KeyError, TypeError):
        raise Refused("E1226", "O conteúdo não é GZip em base 64.") from None
