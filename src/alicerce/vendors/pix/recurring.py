"""Pix Automático (`rec`, `cobr`): what a payer authorised once, and what is debited by it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from alicerce.kernel.brazil import Document
from alicerce.kernel.money import Money
from alicerce.vendors.pix.valor import read_valor, write_valor
from alicerce.vendors.pix.wire import Garbled, ReceivedPix, many, read_pix, read_time

RETRIES, NO_RETRIES = "PERMITE_3R_7D", "NAO_PERMITE"
CANCELED = "CANCELADA"
MAX_OBJECT = 35
MAX_CONTRACT = 35
MAX_PAYER = 140
ID_LENGTH = 29


class RecurrenceStatus(StrEnum):
    CREATED = "CRIADA"
    APPROVED = "APROVADA"
    REJECTED = "REJEITADA"
    EXPIRED = "EXPIRADA"
    CANCELED = "CANCELADA"


class RequestStatus(StrEnum):
    """How far a payer's bank is with what it was asked to show them."""

    CREATED = "CRIADA"
    SENT = "ENVIADA"
    RECEIVED = "RECEBIDA"
    REJECTED = "REJEITADA"
    ACCEPTED = "ACEITA"
    EXPIRED = "EXPIRADA"
    CANCELED = "CANCELADA"


AWAITED = frozenset({RequestStatus.CREATED, RequestStatus.SENT, RequestStatus.RECEIVED})


class DebitStatus(StrEnum):
    CREATED = "CRIADA"
    ACTIVE = "ATIVA"
    PAID = "CONCLUIDA"
    EXPIRED = "EXPIRADA"
    REJECTED = "REJEITADA"
    CANCELED = "CANCELADA"


class TryStatus(StrEnum):
    ASKED = "SOLICITADA"
    SCHEDULED = "AGENDADA"
    PAID = "PAGA"
    CANCELED = "CANCELADA"
    REJECTED = "REJEITADA"
    EXPIRED = "EXPIRADA"


UNDER_WAY = frozenset({TryStatus.ASKED, TryStatus.SCHEDULED})


@dataclass(frozen=True, slots=True)
class Location:
    """An address that a code leads to; a recurrence is put there."""

    id: int
    location: str


@dataclass(frozen=True, slots=True)
class RecurrenceTerms:
    """What a payer is asked to authorise: always so much, or any amount, with a floor for their own limit."""

    contract: str
    object: str
    payer: str
    document: Document
    starts_on: date
    period: str = "MENSAL"
    fixed: Money | None = None
    floor: Money | None = None
    retries: bool = True

    def as_json(self) -> dict[str, Any]:
        who = {self.document.kind: self.document.number, "nome": self.payer[:MAX_PAYER]}
        valor = {
            name: write_valor(amount)
            for name, amount in (
                ("valorRec", self.fixed),
                ("valorMinimoRecebedor", self.floor),
            )
            if amount
        }
        return {
            "vinculo": {
                "contrato": self.contract[:MAX_CONTRACT],
                "objeto": self.object[:MAX_OBJECT],
                "devedor": who,
            },
            "calendario": {
                "dataInicial": self.starts_on.isoformat(),
                "periodicidade": self.period,
            },
            "politicaRetentativa": RETRIES if self.retries else NO_RETRIES,
            **({"valor": valor} if valor else {}),
        }


@dataclass(frozen=True, slots=True)
class PayerAccount:
    """Whose bank shows the request: an account of this document."""

    bank: str  # its ISPB
    branch: str
    number: str
    document: Document

    def as_json(self) -> dict[str, str]:
        return {
            "ispbParticipante": self.bank,
            "conta": self.number,
            self.document.kind: self.document.number,
            **({"agencia": self.branch} if self.branch else {}),
        }


@dataclass(frozen=True, slots=True)
class ConfirmationRequest:
    """A recurrence that a payer's bank was asked to show them, as the PSP has it."""

    id: str
    recurrence: str
    status: str
    expires_at: datetime

    @property
    def is_awaited(self) -> bool:
        return self.status in AWAITED


@dataclass(frozen=True, slots=True)
class Recurrence:
    """An authorisation as the PSP has it. `code` is there when it was asked for by its payer's charge."""

    id: str
    status: str
    contract: str
    code: str = ""
    why: str = ""
    ended_by: str = ""
    requests: tuple[ConfirmationRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class DebitOrder:
    """What to debit, on which day, by which authorisation, and into which account."""

    recurrence: str
    due_on: date
    amount: Money
    account: Mapping[str, str]
    text: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "idRec": self.recurrence,
            "calendario": {"dataDeVencimento": self.due_on.isoformat()},
            "valor": {"original": write_valor(self.amount)},
            "ajusteDiaUtil": True,
            "recebedor": dict(self.account),
            **({"infoAdicional": self.text[:140]} if self.text else {}),
        }


@dataclass(frozen=True, slots=True)
class Try:
    """A day on which the payer's bank was, or will be, asked for the money."""

    on: date
    status: str
    why: str = ""

    @property
    def is_under_way(self) -> bool:
        return self.status in UNDER_WAY


@dataclass(frozen=True, slots=True)
class Debit:
    """A recurrent charge as the PSP has it, with its tries, oldest first."""

    txid: str
    recurrence: str
    status: str
    amount: Money
    due_on: date
    why: str = ""
    ended_by: str = ""
    tries: tuple[Try, ...] = ()
    payments: tuple[ReceivedPix, ...] = ()


def read_location(said: Any) -> Location:
    """Raises Garbled."""
    try:
        return Location(int(said["id"]), str(said["location"]))
    except (KeyError, TypeError, ValueError) as trouble:
        raise Garbled("location") from trouble


def read_recurrence(said: Any) -> Recurrence:
    """Raises Garbled."""
    try:
        why, by = _end(said.get("encerramento"))
        return Recurrence(
            id=_id(said["idRec"]),
            status=str(said["status"]),
            contract=str(said["vinculo"]["contrato"]),
            code=str((said.get("dadosQR") or {}).get("pixCopiaECola") or ""),
            why=why,
            ended_by=by,
            requests=tuple(map(read_request, many(said.get("solicitacao")))),
        )
    except (KeyError, TypeError, AttributeError) as trouble:
        raise Garbled("recurrence") from trouble


def read_request(said: Any) -> ConfirmationRequest:
    """Raises Garbled."""
    try:
        return ConfirmationRequest(
            id=_id(said["idSolicRec"]),
            recurrence=_id(said["idRec"]),
            status=str(said["status"]),
            expires_at=read_time(said["calendario"]["dataExpiracaoSolicitacao"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise Garbled("request") from trouble


def read_debit(said: Any) -> Debit:
    """Raises Garbled."""
    try:
        why, by = _end(said.get("encerramento"))
        return Debit(
            txid=str(said["txid"]),
            recurrence=_id(said["idRec"]),
            status=str(said["status"]),
            amount=read_valor(said["valor"]["original"]),
            due_on=date.fromisoformat(said["calendario"]["dataDeVencimento"]),
            why=why,
            ended_by=by,
            tries=tuple(map(_try, many(said.get("tentativas")))),
            payments=tuple(map(read_pix, many(said.get("pix")))),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise Garbled("debit") from trouble


def names_in(said: Any, kind: str, name: str) -> tuple[str, ...]:
    """What a callback speaks of: the ids in its list, what cannot be read left out."""
    found = many(said.get(kind)) if isinstance(said, Mapping) else []
    ids = (one.get(name) for one in found if isinstance(one, Mapping))
    good = (x for x in ids if isinstance(x, str) and x.isascii() and x.isalnum())
    return tuple(dict.fromkeys(x for x in good if len(x) <= MAX_CONTRACT))


def names_told(raw: bytes) -> tuple[str, ...]:
    """Recurrences, themselves or their request, and debits of a callback. Raises ValueError for no JSON."""
    said = json.loads(raw)
    return names_in(said, "recs", "idRec") + names_in(said, "cobsr", "txid")


def _try(said: Mapping[str, Any]) -> Try:
    rejected = said.get("rejeicao") or {}
    return Try(
        on=date.fromisoformat(said["dataLiquidacao"]),
        status=str(said["status"]),
        why=str(rejected.get("codigo") or ""),
    )


def _end(said: Any) -> tuple[str, str]:
    """The code of why it ended, and who wanted it; empty while it has not."""
    if not isinstance(said, Mapping):
        return "", ""
    rejected, canceled = said.get("rejeicao") or {}, said.get("cancelamento") or {}
    code = str(canceled.get("codigo") or rejected.get("codigo") or "")
    return code[:4], str(canceled.get("solicitante") or "")


def _id(value: Any) -> str:
    if not isinstance(value, str) or len(value) != ID_LENGTH or not value.isalnum():
        raise Garbled("identifier")
    return value
