"""Answers a call as the faults will have it: refused, done, or done and never told."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from alicerce.vendors.pix.simulator.problems import Problem, broken, too_many
from alicerce.vendors.simulation.dropping import drop, hang
from alicerce.vendors.simulation.faults import Faults

HANG, CUT, GARBAGE = "execute_then_hang", "execute_then_drop", "garbage"
NOT_DONE = {"500": broken, "429": too_many}
CALL_FAULTS = frozenset({*NOT_DONE, HANG, CUT, GARBAGE})
ERROR_PAGE = "<html><body><h1>502 Bad Gateway</h1></body></html>"


async def answer(
    request: Request,
    *,
    faults: Faults,
    operation: str,
    params: Mapping[str, Any],
    work: Callable[[], Response],
) -> Response:
    fault = faults.pick(operation, among=CALL_FAULTS)
    refuse = NOT_DONE.get(fault or "")
    response = refuse().response() if refuse else _done(work)
    faults.record(operation, params, outcome=fault or str(response.status_code))
    if fault == HANG:
        return await hang(request)
    if fault == CUT:
        return await drop(request)
    return HTMLResponse(ERROR_PAGE) if fault == GARBAGE else response


def _done(work: Callable[[], Response]) -> Response:
    try:
        return work()
    except Problem as problem:
        return problem.response()
