"""The Pix Automático of the Central Bank's API, as spoken to a PSP whose contract has it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from alicerce.kernel.brazil import Document
from alicerce.kernel.http import Unknown
from alicerce.vendors.pix.client import PAGE_SIZE, PixClient
from alicerce.vendors.pix.recurring import (
    CANCELED,
    ConfirmationRequest,
    Debit,
    DebitOrder,
    Location,
    PayerAccount,
    Recurrence,
    RecurrenceTerms,
    read_debit,
    read_location,
    read_recurrence,
    read_request,
)
from alicerce.vendors.pix.wire import Garbled, many, write_time


class PixAutomaticClient(PixClient):
    """What a PSP names itself, a lost answer makes again: look with `recurrences` before repeating."""

    def make_location(self) -> Location:
        """One that nothing is put at does no harm."""
        said = self._call("POST", "locrec")
        try:
            return read_location(said)
        except Garbled as trouble:
            raise Unknown("PSP: unreadable location") from trouble

    def make_recurrence(
        self, terms: RecurrenceTerms, *, location: int, first_txid: str = ""
    ) -> Recurrence:
        """With the txid of an immediate charge, paying that is what authorises it."""
        wanted = terms.as_json() | {"loc": location}
        if first_txid:
            wanted["ativacao"] = {"dadosJornada": {"txid": first_txid}}
        return _recurrence(self._call("POST", "rec", json=wanted))

    def get_recurrence(self, recurrence_id: str, *, txid: str = "") -> Recurrence | None:
        """With a charge's txid, its code pays that charge and authorises in one reading."""
        path = f"rec/{recurrence_id}"
        said = self._find(f"{path}?txid={txid}" if txid else path)
        return None if said is None else _recurrence(said)

    def recurrences(
        self, *, document: Document, start: datetime, end: datetime
    ) -> Iterator[Recurrence]:
        """All that were made for one debtor in that time, as far as a page goes."""
        query = {
            "inicio": write_time(start),
            "fim": write_time(end),
            document.kind: document.number,
            "paginacao.itensPorPagina": PAGE_SIZE,
        }
        said = self._call("GET", "rec", params=query)
        return map(_recurrence, many(said.get("recs")))

    def end_recurrence(self, recurrence_id: str) -> Recurrence:
        """Refused once it ended."""
        path = f"rec/{recurrence_id}"
        return _recurrence(self._call("PATCH", path, json={"status": CANCELED}))

    def request_confirmation(
        self, recurrence_id: str, *, account: PayerAccount, until: datetime
    ) -> ConfirmationRequest:
        """Have the payer's bank show it to them. Refused while they are being asked: after Unknown, look at the recurrence."""
        wanted = {
            "idRec": recurrence_id,
            "calendario": {"dataExpiracaoSolicitacao": write_time(until)},
            "destinatario": account.as_json(),
        }
        return _request(self._call("POST", "solicrec", json=wanted))

    def get_request(self, request_id: str) -> ConfirmationRequest | None:
        said = self._find(f"solicrec/{request_id}")
        return None if said is None else _request(said)

    def cancel_request(self, request_id: str) -> ConfirmationRequest:
        """Refused once the payer said something, or the time is over."""
        path = f"solicrec/{request_id}"
        return _request(self._call("PATCH", path, json={"status": CANCELED}))

    def put_debit(self, txid: str, order: DebitOrder) -> Debit:
        """Refused when that txid is known: ask with get_debit after Unknown."""
        return _debit(self._call("PUT", f"cobr/{txid}", json=order.as_json()))

    def get_debit(self, txid: str) -> Debit | None:
        said = self._find(f"cobr/{txid}")
        return None if said is None else _debit(said)

    def cancel_debit(self, txid: str) -> Debit:
        """Refused from the day of the first try on."""
        return _debit(self._call("PATCH", f"cobr/{txid}", json={"status": CANCELED}))

    def retry_debit(self, txid: str, *, on: date) -> Debit:
        """Try once more, on a later day. Refused while another try has not ended."""
        return _debit(self._call("POST", f"cobr/{txid}/retentativa/{on.isoformat()}"))

    def put_automatic_webhooks(self, url: str) -> None:
        """Where the PSP posts of authorisations and debits: it appends /rec and /cobr by itself."""
        for path in ("webhookrec", "webhookcobr"):
            self._call("PUT", path, json={"webhookUrl": url})


def _recurrence(said: Any) -> Recurrence:
    try:
        return read_recurrence(said)
    except Garbled as trouble:
        raise Unknown("PSP: unreadable recurrence") from trouble


def _request(said: Any) -> ConfirmationRequest:
    try:
        return read_request(said)
    except Garbled as trouble:
        raise Unknown("PSP: unreadable request") from trouble


def _debit(said: Any) -> Debit:
    try:
        return read_debit(said)
    except Garbled as trouble:
        raise Unknown("PSP: unreadable debit") from trouble
