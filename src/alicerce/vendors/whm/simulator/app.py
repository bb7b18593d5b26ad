"""WHM as a web application: who may call, which fault strikes, and the answer."""

import hmac
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from alicerce.kernel.clock import now
from alicerce.vendors.simulation.dropping import drop, hang
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.whm.simulator.answers import (
    No,
    Params,
    Yes,
    busy,
    denied,
    enveloped,
    legacy,
    sign_in_page,
)
from alicerce.vendors.whm.simulator.functions import FUNCTIONS
from alicerce.vendors.whm.simulator.machine import Machine, Wanted

UNAUTHORIZED = 401
ANYWHERE = ("hang_before", "refuse", "html", "forbidden", "busy", "down")
ON_CREATION = ("create_then_hang", "create_then_drop", "foreign", "half_made")
ON_CHANGE = ("change_then_hang", "change_then_drop")
CHANGES = ("suspendacct", "unsuspendacct", "changepackage", "removeacct")
FAULTS = (*ANYWHERE, *ON_CREATION, *ON_CHANGE)
REFUSAL = "<b>Error:</b> the server is under maintenance. &nbsp;<br>Try again later."
PACKAGES = ("basico", "profissional", "empresarial")
NAMESERVERS = ("ns1.hospedagem.example", "ns2.hospedagem.example")


class WhmApp:
    """One server's answers."""

    def __init__(self, machine: Machine, faults: Faults, *, username: str, token: str) -> None:
        self.machine, self.faults = machine, faults
        self._pass = f"whm {username}:{token}"

    async def answer(self, request: Request) -> Response:
        command = request.path_params["function"]
        params = await _params(request)
        shown = request.headers.get("authorization", "")
        if not hmac.compare_digest(shown.encode(), self._pass.encode()):
            self._record(command, params, "denied")
            return denied() if shown else denied(UNAUTHORIZED)
        fault = self.faults.pick(command, among=_faults_of(command))
        if fault:
            return await self._misbehave(fault, request, command, params)
        return self._behave(command, params)

    def _behave(self, command: str, params: Params, *, because: str = "") -> Response:
        said = self._run(command, params)
        outcome = "done" if isinstance(said, Yes) else f"refused: {said}"
        self._record(command, params, f"{because}: {outcome}" if because else outcome)
        if params.get("api.version") != "1":
            return legacy(said)
        return enveloped(command, said)

    def _run(self, command: str, params: Params) -> Yes | No:
        function = FUNCTIONS.get(command)
        if function is None:
            return No(f"Unknown app (“{command}”) requested for this version (1) of the API.")
        try:
            return function(self.machine, params)
        except No as refusal:
            return refusal

    async def _misbehave(
        self, fault: str, request: Request, command: str, params: Params
    ) -> Response:
        name = params.get("username").lower()
        if fault == "foreign":
            self._take_for_somebody_else(name)
        if fault == "half_made":
            self.machine.leave_half_made(name)
        if fault in ANSWERED:
            return self._behave(command, params, because=fault)
        if fault in DONE_FIRST:
            self._behave(command, params, because=fault)
        else:
            self._record(command, params, fault)
        return await INSTEAD[fault](request, command)

    def _take_for_somebody_else(self, name: str) -> None:
        theirs = Wanted(name, f"{name}.outra-revenda.example", "", "not ours", owner="revenda1")
        try:
            self.machine.create(theirs)
        except No:
            return

    def _record(self, command: str, params: Params, outcome: str) -> None:
        self.faults.record(command, params.shown(), outcome=outcome)


def whm_app(
    store: Store,
    faults: Faults,
    *,
    token: str,
    hostname: str = "srv1.hospedagem.example",
    username: str = "root",
    ip: str = "203.0.113.10",
    nameservers: Sequence[str] = NAMESERVERS,
    packages: Sequence[str] = PACKAGES,
    max_accounts: int = 0,
    clock: Callable[[], datetime] = now,
) -> Starlette:
    """A server. Its accounts are at app.state.machine, for who wants to look behind the API."""
    machine = Machine(
        store,
        hostname=hostname,
        ip=ip,
        nameservers=nameservers,
        packages=packages,
        max_accounts=max_accounts,
        clock=clock,
    )
    whm = WhmApp(machine, faults, username=username, token=token)
    app = Starlette(routes=[Route("/json-api/{function}", whm.answer, methods=["GET", "POST"])])
    app.state.machine = machine
    return app


def _faults_of(command: str) -> tuple[str, ...]:
    if command == "createacct":
        return (*ANYWHERE, *ON_CREATION)
    return (*ANYWHERE, *ON_CHANGE) if command in CHANGES else ANYWHERE


async def _params(request: Request) -> Params:
    pairs = request.query_params.multi_items()
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/x-www-form-urlencoded"):
        pairs += parse_qsl((await request.body()).decode(), keep_blank_values=True)
    return Params(tuple(pairs))


async def _refuse(request: Request, command: str) -> Response:
    return enveloped(command, No(REFUSAL))


async def _html(request: Request, command: str) -> Response:
    return sign_in_page()


async def _forbidden(request: Request, command: str) -> Response:
    return denied()


async def _busy(request: Request, command: str) -> Response:
    return busy()


async def _hang(request: Request, command: str) -> Response:
    return await hang(request)


async def _drop(request: Request, command: str) -> Response:
    return await drop(request)


ANSWERED = ("foreign", "half_made")
DONE_FIRST = ("create_then_hang", "create_then_drop", *ON_CHANGE)
INSTEAD: dict[str, Callable[[Request, str], Awaitable[Response]]] = {
    "create_then_hang": _hang,
    "create_then_drop": _drop,
    "change_then_hang": _hang,
    "change_then_drop": _drop,
    "hang_before": _hang,
    "refuse": _refuse,
    "html": _html,
    "forbidden": _forbidden,
    "busy": _busy,
    "down": _drop,
}
