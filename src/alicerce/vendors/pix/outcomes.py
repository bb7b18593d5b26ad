"""Whether a call was done, refused, or nobody knows."""

from typing import Any

import httpx

from alicerce.kernel.http import Refusal, Unavailable, Unknown

NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)


class PixRefusal(Refusal):
    """The PSP said no: `code` is the last word of its problem type, e.g. CobOperacaoInvalida."""

    def __init__(self, *, code: str, status: int, detail: str = "") -> None:
        super().__init__(f"{code} (HTTP {status}) {detail}".rstrip())
        self.code = code
        self.status = status


def trouble_of(error: httpx.RequestError) -> Unavailable | Unknown:
    kind = Unavailable if isinstance(error, NOT_SENT) else Unknown
    return kind(f"PSP: {type(error).__name__}")


def read_answer(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of a success. Raises PixRefusal, Unavailable or Unknown."""
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise Unavailable("PSP: too many requests")
    if answer.is_client_error and answer.status_code != httpx.codes.REQUEST_TIMEOUT:
        raise _refusal(answer)
    if not answer.is_success:
        raise Unknown(f"PSP: HTTP {answer.status_code}")
    return _object(answer)


def _object(answer: httpx.Response) -> dict[str, Any]:
    if not answer.content:
        return {}
    try:
        said = answer.json()
    except ValueError as trouble:
        raise Unknown("PSP: not JSON") from trouble
    if not isinstance(said, dict):
        raise Unknown("PSP: not an object")
    return said


def _refusal(answer: httpx.Response) -> PixRefusal:
    try:
        said = _object(answer)
    except Unknown:
        said = {}
    code = str(said.get("type") or "").rpartition("/")[2] or f"HTTP{answer.status_code}"
    return PixRefusal(code=code, status=answer.status_code, detail=_reasons(said))


def _reasons(said: dict[str, Any]) -> str:
    """Which fields were wrong and why, without their values: those are the payer's own."""
    found = said.get("violacoes")
    violations = [v for v in found if isinstance(v, dict)] if isinstance(found, list) else []
    return "; ".join(f"{v.get('propriedade')}: {v.get('razao')}" for v in violations)
