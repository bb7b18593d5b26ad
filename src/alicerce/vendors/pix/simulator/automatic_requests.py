"""Requests to a payer's bank (journey 1): it shows its customer what a company asks for, and tells what they said."""

import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from alicerce.vendors.pix.recurring import AWAITED, RecurrenceStatus, RequestStatus
from alicerce.vendors.pix.simulator.automatic_records import Psp, some_letters
from alicerce.vendors.pix.simulator.due import SAO_PAULO
from alicerce.vendors.pix.simulator.problems import Violation, invalid, missing
from alicerce.vendors.pix.simulator.records import ISPB, Json
from alicerce.vendors.pix.wire import read_time, write_time
from alicerce.vendors.simulation.store import Store

REQUEST = "pix.request"
WRONG = "SolicRecOperacaoInvalida"
PAYLOAD = ("idRec", "vinculo", "calendario", "valor", "politicaRetentativa", "atualizacao")


class Requests:
    """What was sent to payers' banks. One that waits too long has expired, whoever looks."""

    def __init__(self, psp: Psp, store: Store, lock: threading.RLock) -> None:
        self._psp, self._store, self._lock = psp, store, lock

    def make(self, wanted: Mapping[str, Any], recurrence: Json) -> Json:
        """Raises Problem where the payer can no longer be asked, or is being asked already."""
        with self._lock:
            name = recurrence["idRec"]
            if recurrence["status"] != RecurrenceStatus.CREATED:
                raise _wrong("solicrec.idRec", "recorrência encerrada ou aprovada", name)
            if self.awaited(name):
                raise _wrong("solicrec.idRec", "já há uma solicitação ativa", name)
            at = self._psp.clock()
            made = dict(wanted) | {
                "idSolicRec": f"SC{ISPB}{at.astimezone(SAO_PAULO):%Y%m%d}{some_letters()}",
                "recPayload": _payload(recurrence),
                "atualizacao": [],
            }
            return self._save(self._save(made, RequestStatus.CREATED), RequestStatus.RECEIVED)

    def request(self, name: str) -> Json:
        found: Json | None = self._store.get(REQUEST, name)
        if found is None:
            raise missing("SolicRecNaoEncontrada")
        return self._by_now(found)

    def of(self, recurrence: str) -> list[Json]:
        """Oldest first."""
        every = self._store.all(REQUEST).values()
        return [self._by_now(one) for one in every if one["idRec"] == recurrence]

    def said(self, recurrence: str) -> Json:
        """Beside a recurrence, where its payer was ever asked."""
        asked = self.of(recurrence)
        return {"solicitacao": asked} if asked else {}

    def awaited(self, recurrence: str) -> Json | None:
        return next((one for one in self.of(recurrence) if one["status"] in AWAITED), None)

    def cancel(self, name: str) -> Json:
        with self._lock:
            found = self.request(name)
            if found["status"] not in AWAITED:
                raise _wrong(
                    "solicrec.status", "diferente de CRIADA, ENVIADA ou RECEBIDA", name
                )
            return self._save(found, RequestStatus.CANCELED)

    def end(self, recurrence: str, status: RequestStatus) -> bool:
        """What the payer, or whoever asked, decided. False where nobody is being asked."""
        with self._lock:
            found = self.awaited(recurrence)
            if found:
                self._save(found, status)
            return found is not None

    def _by_now(self, found: Json) -> Json:
        until = read_time(found["calendario"]["dataExpiracaoSolicitacao"])
        if found["status"] in AWAITED and self._psp.clock() > until:
            return self._save(found, RequestStatus.EXPIRED, at=until)
        return found

    def _save(self, found: Json, status: RequestStatus, at: datetime | None = None) -> Json:
        stamp = {"status": status, "data": write_time(at or self._psp.clock())}
        saved = found | {"status": status, "atualizacao": [*found["atualizacao"], stamp]}
        self._store.put(REQUEST, saved["idSolicRec"], saved)
        self._tell(saved)
        return saved

    def _tell(self, request: Json) -> None:
        """The specification has no callback of a request: its recurrence is told of, with the request in it."""
        told = {name: request[name] for name in ("idSolicRec", "status", "atualizacao")}
        recurrence = {"idRec": request["idRec"], "solicitacao": [told]}
        self._psp.post("rec", "rec", {"recs": [recurrence]})


def _payload(recurrence: Json) -> Json:
    """What the payer's bank is told of it."""
    told = {key: recurrence[key] for key in PAYLOAD if key in recurrence}
    return told | {"recebedor": recurrence["recebedor"] | {"ispbParticipante": ISPB}}


def _wrong(where: str, why: str, value: object) -> Exception:
    return invalid(WRONG, [Violation(where, why, value)])
