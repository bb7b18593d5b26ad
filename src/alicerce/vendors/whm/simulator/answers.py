"""How WHM answers: the envelope of API 1, the legacy shape of API 0, the denial that is neither."""

from dataclasses import dataclass, field
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response

SIGN_IN_PAGE = "<!DOCTYPE html><html><head><title>WHM Login</title></head><body></body></html>"


class No(Exception):
    """The call is answered with result 0 and this reason."""


@dataclass(frozen=True, slots=True)
class Yes:
    """The call is answered with result 1."""

    data: dict[str, Any] | None = None
    reason: str = "OK"
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Params:
    """The parameters of a call, from the query and the form."""

    pairs: tuple[tuple[str, str], ...] = field(repr=False)

    def get(self, name: str, default: str = "") -> str:
        return next((value for key, value in self.pairs if key == name), default)

    def need(self, name: str) -> str:
        value = self.get(name)
        if not value:
            raise No(f"You must specify the “{name}” parameter.")
        return value

    def flag(self, name: str) -> bool:
        value = self.get(name, "0")
        if value not in {"0", "1"}:
            raise No(f"“{value}” is not a valid value for “{name}”.")
        return value == "1"

    def many(self, name: str) -> list[str]:
        """`add=…&add=…` and `add-0=…&add-1=…` alike, in order."""
        return [value for key, value in self.pairs if key.split("-")[0] == name]

    def shown(self) -> dict[str, str]:
        return dict(self.pairs)


def enveloped(command: str, said: Yes | No) -> Response:
    metadata: dict[str, Any] = {
        "command": command,
        "reason": said.reason if isinstance(said, Yes) else str(said),
        "result": 1 if isinstance(said, Yes) else 0,
        "version": 1,
    }
    answer: dict[str, Any] = {"metadata": metadata}
    if isinstance(said, Yes):
        metadata |= {"output": {"raw": said.raw}} if said.raw else {}
        answer |= {} if said.data is None else {"data": said.data}
    return JSONResponse(answer)


def legacy(said: Yes | No) -> Response:
    """What a client gets that forgot api.version=1."""
    if isinstance(said, No):
        return JSONResponse({"result": [{"status": 0, "statusmsg": str(said)}]})
    return JSONResponse(
        {"result": [{"status": 1, "statusmsg": said.reason}], **(said.data or {})}
    )


def denied(status: int = 403) -> Response:
    said = {
        "apiversion": "2",
        "error": "Access denied",
        "data": {"reason": "Access denied", "result": "0"},
        "type": "text",
    }
    return JSONResponse({"cpanelresult": said}, status)


def sign_in_page() -> Response:
    return HTMLResponse(SIGN_IN_PAGE)


def busy() -> Response:
    return Response("Too Many Requests", 429, media_type="text/plain")
