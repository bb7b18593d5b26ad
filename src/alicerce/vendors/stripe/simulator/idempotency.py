"""Remembers what each Idempotency-Key was used for, and what came of it."""

import json
import threading
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from alicerce.vendors.simulation.store import Store
from alicerce.vendors.stripe.simulator.problems import key_reused

KIND = "stripe.idempotency"


class Memory:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.RLock()

    def once(
        self, request: Request, params: Mapping[str, Any], work: Callable[[], Response]
    ) -> Response:
        """Do it, or give the answer given before. A request refused as invalid leaves no trace."""
        key = request.headers.get("idempotency-key")
        if not key or request.method != "POST":
            return work()
        mark = json.dumps([request.url.path, params], sort_keys=True)
        with self._lock:
            known = self._store.get(KIND, key)
            if known is None:
                return self._first(key, mark, work)
        if known["mark"] != mark:
            raise key_reused()
        return _replay(known)

    def _first(self, key: str, mark: str, work: Callable[[], Response]) -> Response:
        response = work()
        said = json.loads(bytes(response.body))
        known = {"mark": mark, "status": response.status_code, "said": said}
        self._store.put(KIND, key, known)
        return response


def _replay(known: Mapping[str, Any]) -> Response:
    headers = {"Idempotent-Replayed": "true"}
    return JSONResponse(known["said"], known["status"], headers)
