"""The Central Bank's Pix API v2, as spoken to a PSP."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from urllib.parse import quote

import httpx

from alicerce.kernel.brazil import Document
from alicerce.kernel.http import OutsideWorld, Unknown
from alicerce.kernel.money import Money
from alicerce.vendors.pix.due import DueCharge, DuePayer, DueTerms, read_due_charge
from alicerce.vendors.pix.outcomes import PixRefusal, read_answer, trouble_of
from alicerce.vendors.pix.settings import PixSettings, tls_context
from alicerce.vendors.pix.tokens import TokenKeeper
from alicerce.vendors.pix.valor import write_valor
from alicerce.vendors.pix.wire import (
    REMOVED,
    Charge,
    Garbled,
    ReceivedPix,
    Refund,
    many,
    read_charge,
    read_pix,
    read_refund,
    write_time,
)

PAGE_SIZE = 100
MAX_TEXT = 140
MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class Payer:
    name: str
    document: Document


class PixClient:
    """Raises Refusal, Unavailable or Unknown. After Unknown, ask with get_charge before repeating."""

    def __init__(self, settings: PixSettings, *, timeout: float = 20) -> None:
        self._http = OutsideWorld(
            base_url=settings.base_url,
            verify=tls_context(settings),
            headers=dict(settings.extra_headers),
            timeout=timeout,
        )
        self._tokens = TokenKeeper(settings=settings, http=self._http)
        self._key = settings.pix_key

    def put_charge(
        self, *, txid: str, amount: Money, expires_in_seconds: int, payer: Payer, text: str = ""
    ) -> Charge:
        """Make the charge, or change it while nobody has paid it: same txid, same charge."""
        wanted: dict[str, Any] = {
            "calendario": {"expiracao": expires_in_seconds},
            "devedor": {
                payer.document.kind: payer.document.number,
                "nome": payer.name[:MAX_NAME],
            },
            "valor": {"original": write_valor(amount)},
            "chave": self._key,
        }
        if text:
            wanted["solicitacaoPagador"] = text[:MAX_TEXT]
        return _charge(self._call("PUT", f"cob/{txid}", json=wanted))

    def remove_charge(self, txid: str) -> Charge:
        """Make the code stop working. Refused once it was paid."""
        return _charge(self._call("PATCH", f"cob/{txid}", json={"status": REMOVED}))

    def get_charge(self, txid: str) -> Charge | None:
        said = self._find(f"cob/{txid}")
        return None if said is None else _charge(said)

    def put_due_charge(
        self, *, txid: str, amount: Money, terms: DueTerms, payer: DuePayer, text: str = ""
    ) -> DueCharge:
        """Make the charge, or change it while nobody has paid it: ask with get_due_charge after Unknown."""
        wanted: dict[str, Any] = {
            "calendario": {
                "dataDeVencimento": terms.due_on.isoformat(),
                "validadeAposVencimento": terms.valid_days,
            },
            "devedor": payer.as_json(),
            "valor": {"original": write_valor(amount), **terms.valor()},
            "chave": self._key,
        }
        if text:
            wanted["solicitacaoPagador"] = text[:MAX_TEXT]
        return _due(self._call("PUT", f"cobv/{txid}", json=wanted))

    def remove_due_charge(self, txid: str) -> DueCharge:
        """Make the code stop working. Refused once it was paid."""
        return _due(self._call("PATCH", f"cobv/{txid}", json={"status": REMOVED}))

    def get_due_charge(self, txid: str) -> DueCharge | None:
        said = self._find(f"cobv/{txid}")
        return None if said is None else _due(said)

    def get_pix(self, e2eid: str) -> ReceivedPix | None:
        said = self._find(f"pix/{quote(e2eid, safe='')}")
        return None if said is None else _pix(said)

    def list_pix(self, *, start: datetime, end: datetime) -> Iterator[ReceivedPix]:
        page, pages = 0, 1
        while page < pages:
            found, pages = self.pix_page(start=start, end=end, page=page)
            yield from found
            page += 1

    def pix_page(
        self, *, start: datetime, end: datetime, page: int
    ) -> tuple[list[ReceivedPix], int]:
        """One page of what was received then, and how many pages there are."""
        said = self._call("GET", "pix", params=_page_of(start, end, page))
        return list(map(_pix, many(said.get("pix")))), _page_count(said)

    def put_refund(
        self, *, e2eid: str, refund_id: str, amount: Money, text: str = ""
    ) -> Refund:
        """Give back so much of a payment. A name that was used before is refused: ask with get_refund."""
        wanted: dict[str, Any] = {"valor": write_valor(amount)}
        if text:
            wanted["descricao"] = text[:MAX_TEXT]
        return _refund(self._call("PUT", _refund_path(e2eid, refund_id), json=wanted))

    def get_refund(self, *, e2eid: str, refund_id: str) -> Refund | None:
        said = self._find(_refund_path(e2eid, refund_id))
        return None if said is None else _refund(said)

    def put_webhook(self, url: str) -> None:
        """Where the PSP posts payments: it appends /pix by itself."""
        self._call("PUT", self._webhook_path, json={"webhookUrl": url})

    def get_webhook(self) -> str | None:
        said = self._find(self._webhook_path)
        return None if said is None else str(said.get("webhookUrl", "")) or None

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _webhook_path(self) -> str:
        return f"webhook/{quote(self._key, safe='')}"

    def _find(self, path: str) -> dict[str, Any] | None:
        try:
            return self._call("GET", path)
        except PixRefusal as refusal:
            if refusal.status == httpx.codes.NOT_FOUND:
                return None
            raise

    def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        token = self._tokens.token()
        answer = self._send(method, path, token, options)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            answer = self._send(method, path, self._tokens.token(refused=token), options)
        return read_answer(answer)

    def _send(
        self, method: str, path: str, token: str, options: dict[str, Any]
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"}
        try:
            return self._http.request(method, path, headers=headers, **options)
        except httpx.RequestError as error:
            raise trouble_of(error) from error


def _charge(said: dict[str, Any]) -> Charge:
    try:
        return read_charge(said)
    except Garbled as trouble:
        raise Unknown("PSP: unreadable charge") from trouble


def _due(said: dict[str, Any]) -> DueCharge:
    try:
        return read_due_charge(said)
    except Garbled as trouble:
        raise Unknown("PSP: unreadable charge") from trouble


def _pix(said: Any) -> ReceivedPix:
    try:
        return read_pix(said)
    except Garbled as trouble:
        raise Unknown("PSP: unreadable Pix") from trouble


def _refund(said: Any) -> Refund:
    try:
        return read_refund(said)
    except Garbled as trouble:
        raise Unknown("PSP: unreadable refund") from trouble


def _refund_path(e2eid: str, refund_id: str) -> str:
    return f"pix/{quote(e2eid, safe='')}/devolucao/{quote(refund_id, safe='')}"


def _page_of(start: datetime, end: datetime, page: int) -> dict[str, str | int]:
    return {
        "inicio": write_time(start),
        "fim": write_time(end),
        "paginacao.paginaAtual": page,
        "paginacao.itensPorPagina": PAGE_SIZE,
    }


def _page_count(said: dict[str, Any]) -> int:
    try:
        return int(said["parametros"]["paginacao"]["quantidadeDePaginas"])
    except (KeyError, TypeError, ValueError) as trouble:
        raise Unknown("PSP: no page count") from trouble
