"""Debits as the PSP writes them down: their tries, their cycles, and why a payer's bank refuses one."""

import secrets
import string
from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from alicerce.vendors.pix import brcode
from alicerce.vendors.pix.recurring import UNDER_WAY, TryStatus
from alicerce.vendors.pix.simulator.due import is_due_charge
from alicerce.vendors.pix.simulator.problems import Problem, Violation, invalid
from alicerce.vendors.pix.simulator.records import ISPB, Json, Receiver
from alicerce.vendors.pix.valor import read_valor

ALPHABET = string.ascii_letters + string.digits
FATAL = frozenset({"AC05", "AM09", "DENC", "DS27", "DTED", "MIDI", "MSUC", "NITX", "RC09"})
"""Codes of a try that end its debit, as the specification lists them (`CobRTentativas`)."""
OVER_LIMIT, WRONG_AMOUNT = "AM02", "AM09"
WORDS = {"AM02": "Valor acima do limite do pagador", "AM09": "Valor diferente do autorizado"}


class Psp(Protocol):
    """What recurrences need of the PSP that keeps them."""

    receiver: Receiver
    clock: Callable[[], datetime]

    def charge(self, txid: str) -> Json: ...

    def pix(self, e2eid: str) -> Json: ...

    def receive(self, pix: Json) -> None: ...

    def post(self, webhook: str, path: str, body: Json) -> None: ...


def some_letters() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(11))


def under_way(debit: Json) -> Json | None:
    return next((x for x in debit["tentativas"] if x["status"] in UNDER_WAY), None)


def with_try(debit: Json, on: date, kind: str, now: str) -> Json:
    one = {
        "dataLiquidacao": on.isoformat(),
        "tipo": kind,
        "status": TryStatus.SCHEDULED,
        "endToEndId": f"E{ISPB}{on:%Y%m%d}0300{some_letters()}",
        "atualizacao": [{"status": TryStatus.SCHEDULED, "data": now}],
    }
    return debit | {"tentativas": [*debit["tentativas"], one]}


def code_of(recurrence: Json, charge: Json | None, receiver: Receiver) -> Json:
    """`dadosQR`: what its payer reads, of itself or together with a charge."""
    if "loc" not in recurrence:
        return {}
    code = brcode.composite(
        url=charge["location"] if charge else "",
        recurrence_url=recurrence["loc"]["location"],
        receiver=receiver.name,
        city=receiver.city,
    )
    paying = 4 if charge and is_due_charge(charge) else 3
    journey = f"JORNADA_{paying if charge else 2}"
    return {"dadosQR": {"jornada": journey, "pixCopiaECola": code}}


def with_payer(recurrence: Json) -> Json:
    payer = {x: y for x, y in recurrence["vinculo"]["devedor"].items() if x != "nome"}
    return recurrence | {"pagador": payer | {"ispbParticipante": ISPB, "codMun": "4106902"}}


def refusal_of(recurrence: Json, valor: str) -> str:
    """Why the payer's bank takes it not; empty where it does."""
    fixed, limit = recurrence.get("valor", {}).get("valorRec"), recurrence.get("limite")
    if fixed and fixed != valor:
        return WRONG_AMOUNT
    if limit and read_valor(valor).cents > read_valor(limit).cents:
        return OVER_LIMIT
    return ""


def with_end(debit: Json, one: Json, status: TryStatus, now: str, *, code: str = "") -> Json:
    stamp = {"status": status, "data": now}
    over = one | {"status": status, "atualizacao": [*one["atualizacao"], stamp]}
    if code:
        over["rejeicao"] = {"codigo": code, "descricao": WORDS.get(code, code)}
    return debit | {"tentativas": [over if x is one else x for x in debit["tentativas"]]}


def first_day(debit: Json) -> date:
    return date.fromisoformat(debit["tentativas"][0]["dataLiquidacao"])


def month_of(begins: date, day: date) -> int:
    """Which monthly cycle a day is in, counted from the first."""
    months = (day.year - begins.year) * 12 + day.month - begins.month
    return months - (day.day < begins.day)


def refused(where: str, why: str, value: object) -> Problem:
    return invalid("CobROperacaoInvalida", [Violation(where, why, value)])
