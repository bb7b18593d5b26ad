"""Answers a call as the faults will have it: refused, done, or done and never told."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from alicerce.vendors.simulation.dropping import drop, hang
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.stripe.simulator.problems import Problem, broken, too_many

HANG, CUT = "execute_then_hang", "execute_then_drop"
NOT_DONE = {"500": broken, "429": too_many}
CALL_FAULTS = frozenset({*NOT_DONE, HANG, CUT})


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
    return await drop(request) if fault == CUT else response


def _done(work: Callable[[], Response]) -> Response:
    try:
        return work()
    except Problem as problem:
        return problem.response()
