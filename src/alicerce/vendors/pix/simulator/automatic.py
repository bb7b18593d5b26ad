"""Authorisations and debits as the PSP keeps them, and what a payer and their bank do about them.

When what happens is the Central Bank's (IN BCB 513/2024, as changed by 614/2025): a bank tries between midnight
and eight, and once more that evening; after the due day, on up to three days of the seven that follow.
"""

import secrets
import threading
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from alicerce.kernel.business_days import business_day_from
from alicerce.vendors.pix.recurring import (
    NO_RETRIES,
    DebitStatus,
    RecurrenceStatus,
    RequestStatus,
    TryStatus,
)
from alicerce.vendors.pix.simulator.automatic_records import (
    FATAL,
    WORDS,
    Psp,
    code_of,
    first_day,
    month_of,
    refusal_of,
    refused,
    some_letters,
    under_way,
    with_end,
    with_payer,
    with_try,
)
from alicerce.vendors.pix.simulator.automatic_requests import Requests
from alicerce.vendors.pix.simulator.due import SAO_PAULO
from alicerce.vendors.pix.simulator.problems import Violation, invalid, missing
from alicerce.vendors.pix.simulator.records import HOST, ISPB, Json
from alicerce.vendors.pix.wire import read_time, write_time
from alicerce.vendors.simulation.store import Store

LOCATION, RECURRENCE, DEBIT = "pix.location", "pix.recurrence", "pix.debit"
LAST_DAY, MOST_RETRIES = 7, 3
PAYING_FIRST = 3  # the journey in which the first payment authorises


class Automatic:
    """What belongs to recurrences. Whatever is changed is told to who asked to be told."""

    def __init__(self, provider: Psp, store: Store, lock: threading.RLock) -> None:
        self._provider, self._store, self._lock = provider, store, lock
        self.requests = Requests(provider, store, lock)

    @property
    def today(self) -> date:
        return self._provider.clock().astimezone(SAO_PAULO).date()

    def make_location(self) -> Json:
        token = secrets.token_hex(16)
        made = {
            "id": secrets.randbelow(2**31) + 1,
            "location": f"{HOST}/qr/v2/rec/{token}",
            "tipo": "rec",
            "criacao": self._now(),
        }
        self._store.put(LOCATION, str(made["id"]), made)
        return made

    def location(self, name: str) -> Json:
        found: Json | None = self._store.get(LOCATION, name)
        if found is None:
            raise missing("PayloadLocationRecNaoEncontrada")
        return found

    def make(self, wanted: Mapping[str, Any]) -> Json:
        """Raises Problem where the location is unknown, or taken."""
        with self._lock:
            retries = wanted["politicaRetentativa"] != NO_RETRIES
            name = f"R{'R' if retries else 'N'}{ISPB}{self.today:%Y%m%d}{some_letters()}"
            made = {name: wanted[name] for name in wanted if name not in {"loc", "ativacao"}}
            made |= {
                "idRec": name,
                "status": RecurrenceStatus.CREATED,
                "recebedor": self._provider.receiver.said(),
                "ativacao": {"tipoJornada": "AGUARDANDO_DEFINICAO"}
                | wanted.get("ativacao", {}),
                "atualizacao": [],
            }
            if "loc" in wanted:
                made["loc"] = self._take(int(wanted["loc"]), name)
            return self._save(made, RecurrenceStatus.CREATED)

    def recurrence(self, name: str, *, txid: str = "") -> Json:
        """With the code that a payer reads: of itself, or together with a charge."""
        found: Json | None = self._store.get(RECURRENCE, name)
        if found is None:
            raise missing("RecNaoEncontrada")
        charge = self._provider.charge(txid) if txid else None
        return (
            found | self.requests.said(name) | code_of(found, charge, self._provider.receiver)
        )

    def recurrences(self, *, start: datetime, end: datetime) -> list[Json]:
        every = self._store.all(RECURRENCE).values()
        return [x for x in every if start <= read_time(x["atualizacao"][0]["data"]) <= end]

    def latest(self) -> list[Json]:
        return list(reversed(self._store.all(RECURRENCE).values()))

    def at(self, location: str) -> str:
        """Which recurrence is read from there. Raises Problem."""
        for found in self.latest():
            if found.get("loc", {}).get("location") == location:
                return str(found["idRec"])
        raise missing("RecNaoEncontrada")

    def cancel(self, name: str, *, by: str = "USUARIO_RECEBEDOR", code: str = "SLCR") -> Json:
        """What is not tried yet ends with it. Raises Problem where it ended before."""
        with self._lock:
            found = self.recurrence(name)
            if found["status"] not in {RecurrenceStatus.CREATED, RecurrenceStatus.APPROVED}:
                raise invalid("RecOperacaoInvalida", [Violation("rec.status", "já encerrada")])
            why = {"solicitante": by, "codigo": code, "descricao": "Cancelada"}
            ended = found | {"encerramento": {"cancelamento": why}}
            saved = self._save(ended, RecurrenceStatus.CANCELED)
            self.requests.end(name, RequestStatus.CANCELED)
            for debit in self.debits(name):
                if debit["status"] == DebitStatus.ACTIVE:
                    self._end(debit, DebitStatus.CANCELED, by=by, code="CCLD")
        return saved

    def authorise(self, name: str, *, journey: int, limit: str = "") -> Json:
        """The payer says yes, with a limit of their own or without."""
        with self._lock:
            found = self.recurrence(name)
            if found["status"] != RecurrenceStatus.CREATED:
                return found
            steps = found["ativacao"] if journey == PAYING_FIRST else {}
            more = {"ativacao": steps | {"tipoJornada": f"JORNADA_{journey}"}, "limite": limit}
            self.requests.end(name, RequestStatus.ACCEPTED)
            return self._save(with_payer(found | more), RecurrenceStatus.APPROVED)

    def reject(self, name: str) -> Json:
        self.requests.end(name, RequestStatus.REJECTED)
        why = {"codigo": "AP13", "descricao": "Recusada pelo pagador"}
        ended = self.recurrence(name) | {"encerramento": {"rejeicao": why}}
        return self._save(ended, RecurrenceStatus.REJECTED)

    def first_payment(self, txid: str) -> None:
        """Who pays by a code that asks for both has authorised, where the charge is the recurrence's own."""
        for found in self._store.all(RECURRENCE).values():
            if found["ativacao"].get("dadosJornada", {}).get("txid") == txid:
                self.authorise(found["idRec"], journey=3)

    def put_debit(self, txid: str, wanted: Mapping[str, Any]) -> Json:
        """The payer's bank schedules it, or says at once why not."""
        with self._lock:
            recurrence = self.recurrence(wanted["idRec"])
            self._check(txid, recurrence, wanted)
            made = dict(wanted) | {
                "txid": txid,
                "calendario": {**wanted["calendario"], "criacao": self.today.isoformat()},
                "recebedor": self._provider.receiver.said() | wanted["recebedor"],
                "politicaRetentativa": recurrence["politicaRetentativa"],
                "atualizacao": [],
                "tentativas": [],
            }
            code = refusal_of(recurrence, wanted["valor"]["original"])
            if code:
                return self._end(made, DebitStatus.REJECTED, code=code)
            on = business_day_from(date.fromisoformat(wanted["calendario"]["dataDeVencimento"]))
            return self._save_debit(with_try(made, on, "AGND", self._now()), DebitStatus.ACTIVE)

    def debit(self, txid: str) -> Json:
        found: Json | None = self._store.get(DEBIT, txid)
        if found is None:
            raise missing("CobRNaoEncontrada")
        paid = [self._provider.pix(x["endToEndId"]) for x in found.get("pix", ())]
        return found | ({"pix": paid} if paid else {})

    def debits(self, recurrence: str = "") -> list[Json]:
        """Newest first."""
        every = reversed(self._store.all(DEBIT).values())
        return [x for x in every if recurrence in {"", x["idRec"]}]

    def cancel_debit(self, txid: str) -> Json:
        with self._lock:
            found = self.debit(txid)
            if found["status"] != DebitStatus.ACTIVE or self.today >= first_day(found):
                why = "na data da primeira tentativa, ou depois"
                raise refused("cobr.status", why, found["status"])
            return self._end(found, DebitStatus.CANCELED, by="USUARIO_RECEBEDOR", code="SLCR")

    def retry(self, txid: str, on: date) -> Json:
        with self._lock:
            found = self.debit(txid)
            first = first_day(found)
            if found["politicaRetentativa"] == NO_RETRIES:
                raise refused("rec.politicaRetentativa", "não permite", NO_RETRIES)
            if found["status"] != DebitStatus.ACTIVE or under_way(found):
                raise refused("cobr.tentativas", "não finalizada", txid)
            if on <= self.today:
                raise refused("data", "não corresponde a uma data futura", on)
            tried = len(found["tentativas"]) - 1
            if not first < on <= first + timedelta(days=LAST_DAY) or tried >= MOST_RETRIES:
                raise refused("data", "fora de 3 tentativas em 7 dias", on)
            return self._save_debit(
                with_try(found, on, "NTAG", self._now()), DebitStatus.ACTIVE
            )

    def settle(self, txid: str, *, code: str = "", funds: bool = True) -> Json:
        """The day has come: the bank pays, says why not, or found no money in the evening either."""
        with self._lock:
            found = self.debit(txid)
            one = under_way(found)
            if one is None:
                raise refused("cobr.tentativas", "nenhuma em andamento", txid)
            if funds and not code:
                return self._pay(found, one)
            status = TryStatus.REJECTED if code else TryStatus.EXPIRED
            ended = with_end(found, one, status, self._now(), code=code)
            out = len(ended["tentativas"]) > MOST_RETRIES
            if code in FATAL:
                return self._end(ended, DebitStatus.REJECTED, code=code)
            if out or ended["politicaRetentativa"] == NO_RETRIES:
                return self._save_debit(ended, DebitStatus.EXPIRED)
            return self._save_debit(ended, DebitStatus.ACTIVE)

    def _pay(self, found: Json, one: Json) -> Json:
        pix = {
            "endToEndId": one["endToEndId"],
            "txid": found["txid"],
            "valor": found["valor"]["original"],
            "horario": self._now(),
            "infoPagador": found.get("infoAdicional", ""),
        }
        paid = with_end(found, one, TryStatus.PAID, self._now()) | {"pix": [pix]}
        self._store.put(DEBIT, found["txid"], paid)
        self._provider.receive(pix)
        return self._save_debit(paid, DebitStatus.PAID)

    def _check(self, txid: str, recurrence: Json, wanted: Mapping[str, Any]) -> None:
        if recurrence["status"] != RecurrenceStatus.APPROVED:
            raise refused("cobr.idRec", "recorrência não aprovada", recurrence["status"])
        if self._store.get(DEBIT, txid):
            raise refused("cobr.txid", "em uso", txid)
        day = date.fromisoformat(wanted["calendario"]["dataDeVencimento"])
        over = {DebitStatus.REJECTED, DebitStatus.CANCELED}
        begins = date.fromisoformat(recurrence["calendario"]["dataInicial"])
        for other in self.debits(recurrence["idRec"]):
            at = date.fromisoformat(other["calendario"]["dataDeVencimento"])
            if other["status"] not in over and month_of(begins, at) == month_of(begins, day):
                raise refused("cobr.calendario.dataDeVencimento", "já há uma no ciclo", day)

    def _take(self, location: int, name: str) -> Json:
        found: Json | None = self._store.get(LOCATION, str(location))
        if found is None or found.get("idRec"):
            why = "inexiste" if found is None else "já utilizado por outra recorrência"
            raise invalid("RecOperacaoInvalida", [Violation("rec.loc", why, location)])
        taken = found | {"idRec": name}
        self._store.put(LOCATION, str(location), taken)
        return taken

    def _end(self, debit: Json, status: DebitStatus, *, code: str, by: str = "") -> Json:
        told = {"codigo": code, "descricao": WORDS.get(code, code)}
        why = {"cancelamento": {"solicitante": by, **told}} if by else {"rejeicao": told}
        if one := under_way(debit):
            debit = with_end(debit, one, TryStatus.CANCELED, self._now())
        return self._save_debit(debit | {"encerramento": why}, status)

    def _save(self, found: Json, status: RecurrenceStatus) -> Json:
        kept = {x: y for x, y in found.items() if x not in {"dadosQR", "solicitacao"}}
        if not kept["atualizacao"] or kept["atualizacao"][-1]["status"] != status:
            stamp = {"status": status, "data": self._now()}
            kept["atualizacao"] = [*kept["atualizacao"], stamp]
        kept["status"] = status
        self._store.put(RECURRENCE, kept["idRec"], kept)
        told = ("idRec", "status", "atualizacao", "encerramento", "ativacao")
        self._provider.post(
            "rec", "rec", {"recs": [{name: kept[name] for name in told if name in kept}]}
        )
        return self.recurrence(kept["idRec"])

    def _save_debit(self, debit: Json, status: DebitStatus) -> Json:
        stamps = list(debit["atualizacao"])
        if not stamps or stamps[-1]["status"] != status:
            stamps.append({"status": status, "data": self._now()})
        saved = debit | {"status": status, "atualizacao": stamps}
        self._store.put(DEBIT, saved["txid"], saved)
        told = ("idRec", "txid", "status", "atualizacao", "encerramento", "tentativas", "pix")
        self._provider.post(
            "cobr", "cobr", {"cobsr": [{name: saved[name] for name in told if name in saved}]}
        )
        return self.debit(saved["txid"])

    def _now(self) -> str:
        return write_time(self._provider.clock())
