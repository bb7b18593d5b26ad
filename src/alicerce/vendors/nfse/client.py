"""The API of the national system: a DPS becomes a note, a note is read, and cancelled."""

import re
from dataclasses import dataclass, field
from typing import Any, Self

import httpx

from alicerce.kernel.http import OutsideWorld, Unknown
from alicerce.vendors.nfse.dps import CANCELLATION
from alicerce.vendors.nfse.outcomes import NfseRefusal, read_answer, trouble_of
from alicerce.vendors.nfse.packing import packed, unpacked
from alicerce.vendors.nfse.settings import NfseSettings, tls_context

KEY = re.compile(r"\d{50}")
NUMBER = re.compile(r"<nNFSe>(\d+)</nNFSe>")


@dataclass(frozen=True, slots=True)
class Note:
    """An authorized NFS-e."""

    key: str
    number: str
    xml: str = field(repr=False)


class NfseClient:
    """Raises Refusal, Unavailable or Unknown. After Unknown, ask with find_note before repeating."""

    def __init__(self, settings: NfseSettings, *, timeout: float = 30) -> None:
        self._http = OutsideWorld(
            base_url=settings.base_url, verify=tls_context(settings), timeout=timeout
        )

    def send_dps(self, xml: str) -> Note:
        said = self._call("POST", "nfse", json={"dpsXmlGZipB64": packed(xml)})
        return _note(said)

    def find_note(self, dps_id: str) -> Note | None:
        """The note that this DPS became; None when it became none."""
        said = self._find(f"dps/{dps_id}")
        return None if said is None else self.note(_key(said))

    def note(self, key: str) -> Note:
        return _note(self._call("GET", f"nfse/{key}"))

    def cancel(self, key: str, xml: str) -> None:
        body = {"pedidoRegistroEventoXmlGZipB64": packed(xml)}
        self._call("POST", f"nfse/{key}/eventos", json=body)

    def is_cancelled(self, key: str) -> bool:
        return self._find(f"nfse/{key}/eventos/{CANCELLATION}/1") is not None

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _find(self, path: str) -> dict[str, Any] | None:
        try:
            return self._call("GET", path)
        except NfseRefusal as refusal:
            if refusal.status == httpx.codes.NOT_FOUND:
                return None
            raise

    def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        try:
            return read_answer(self._http.request(method, path, **options))
        except httpx.RequestError as error:
            raise trouble_of(error) from error


def _note(said: dict[str, Any]) -> Note:
    key = _key(said)
    try:
        xml = unpacked(str(said.get("nfseXmlGZipB64", "")))
    except ValueError as trouble:
        raise Unknown("NFS-e: no note in the answer") from trouble
    number = NUMBER.search(xml)
    return Note(key, number.group(1) if number else "", xml)


def _key(said: dict[str, Any]) -> str:
    found = KEY.search(str(said.get("chaveAcesso", "")))
    if found is None:
        raise Unknown("NFS-e: no key in the answer")
    return found.group()
