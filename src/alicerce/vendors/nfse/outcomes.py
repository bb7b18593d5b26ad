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
KNOWN_ALREADY = "E0014"
"""The number was used: the note of this very DPS exists."""


class NfseRefusal(Refusal):
    """The national system said no, with the code of its own list."""

    def __init__(self, *, code: str, status: int, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.status = status
        self.detail = detail


def trouble_of(error: httpx.RequestError) -> Unavailable | Unknown:
    kind = Unavailable if isinstance(error, NOT_SENT) else Unknown
    return kind(f"NFS-e: {type(error).__name__}")


def read_answer(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of a success. Raises NfseRefusal, Unavailable or Unknown."""
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise Unavailable("NFS-e: too many requests")
    if answer.is_client_error and answer.status_code != httpx.codes.REQUEST_TIMEOUT:
        raise _refusal(answer)
    if not answer.is_success:
        raise Unknown(f"NFS-e: HTTP {answer.status_code}")
    return _object(answer)


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        said = answer.json()
    except ValueError as trouble:
        raise Unknown("NFS-e: not JSON") from trouble
    if not isinstance(said, dict):
        raise Unknown("NFS-e: not an object")
    return said


def _refusal(answer: httpx.Response) -> NfseRefusal:
    try:
        said = _object(answer)
    except Unknown:
        said = {}
    found = said.get("erros") or said.get("erro") or []
    errors = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    first = errors[0] if errors else {}
    code = str(first.get("Codigo") or first.get("codigo") or f"HTTP{answer.status_code}")
    words = [_words(one) for one in errors]
    return NfseRefusal(code=code, status=answer.status_code, detail="; ".join(words)[:500])


def _words(error: dict[str, Any]) -> str:
    said = [error.get(n) or error.get(n.lower()) for n in ("Descricao", "Complemento")]
    return " ".join(str(part) for part in said if part)
