"""What the PSP says, read with tolerance: PSPs agree with the specification only mostly."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NotRequired, TypedDict

from alicerce.kernel.money import Money
from alicerce.vendors.pix.valor import read_valor

ACTIVE = "ATIVA"
PAID = "CONCLUIDA"
LONGEST_WORD = 64  # identifiers have 32 to 35 characters; they end up in addresses
RETURNING, RETURNED, NOT_RETURNED = "EM_PROCESSAMENTO", "DEVOLVIDO", "NAO_REALIZADO"
REMOVED = "REMOVIDA_PELO_USUARIO_RECEBEDOR"


class Garbled(ValueError):
    """The PSP said something that cannot be read."""


class RefundJson(TypedDict):
    id: str
    valor: str
    status: str
    rtrId: NotRequired[str]
    natureza: NotRequired[str]
    motivo: NotRequired[str]


class PixJson(TypedDict):
    endToEndId: str
    valor: str
    horario: str
    txid: NotRequired[str]
    chave: NotRequired[str]
    infoPagador: NotRequired[str]
    componentesValor: NotRequired[dict[str, dict[str, str]]]
    devolucoes: NotRequired[list[RefundJson] | RefundJson]


class CalendarJson(TypedDict):
    criacao: str
    expiracao: int


class ChargeJson(TypedDict):
    txid: str
    status: str
    revisao: int
    calendario: CalendarJson
    valor: dict[str, str]
    chave: str
    pixCopiaECola: NotRequired[str]
    location: NotRequired[str]
    pix: NotRequired[list[PixJson]]


@dataclass(frozen=True, slots=True)
class Refund:
    id: str
    amount: Money
    status: str
    why: str = ""
    nature: str = "ORIGINAL"

    @property
    def is_by_rule(self) -> bool:
        """Taken back under the Central Bank's special mechanism (MED): the receiver asked for nothing."""
        return self.nature.startswith("MED_")


@dataclass(frozen=True, slots=True)
class Parts:
    """What the amount of a payment is made of, in cents, as the PSP says (`componentesValor`)."""

    original: int
    fine: int = 0
    interest: int = 0
    rebate: int = 0
    discount: int = 0

    @property
    def total(self) -> int:
        return self.original + self.fine + self.interest - self.rebate - self.discount


@dataclass(frozen=True, slots=True)
class ReceivedPix:
    """A payment that reached the receiver's account. One without txid was made to the bare key."""

    e2eid: str
    amount: Money
    at: datetime
    txid: str | None = None
    key: str | None = None
    payer_text: str | None = None
    refunds: tuple[Refund, ...] = ()
    parts: Parts | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge as the PSP has it. Being past `expires_at` is no status of its own."""

    txid: str
    status: str
    amount: Money
    created_at: datetime
    expires_at: datetime
    revision: int
    copy_paste: str | None
    location: str | None
    payments: tuple[ReceivedPix, ...] = ()


def read_callback(raw: bytes) -> list[ReceivedPix]:
    """The payments a callback speaks of. Raises Garbled.

    It is only a hint: ask the PSP before booking. What cannot be read is left out, because the
    rest of the batch is still news and the PSP's list has it too.
    """
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError) as trouble:
        raise Garbled("not JSON") from trouble
    if not isinstance(said, dict):
        raise Garbled("not an object")
    return list(_readable(many(said.get("pix"))))


def read_charge(said: Any) -> Charge:
    """Raises Garbled."""
    try:
        return _charge(said)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as trouble:
        raise Garbled("charge") from trouble


def read_pix(said: Any) -> ReceivedPix:
    """Raises Garbled."""
    try:
        return _pix(said)
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise Garbled("pix") from trouble


def read_refund(said: Any) -> Refund:
    """Raises Garbled."""
    try:
        return _refund(said)
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise Garbled("refund") from trouble


def many(value: Any) -> list[Any]:
    """A list, whether the PSP sent one, its only element bare, or nothing."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def write_time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_time(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _readable(items: list[Any]) -> Iterator[ReceivedPix]:
    for item in items:
        try:
            yield read_pix(item)
        except Garbled:
            continue


def _charge(said: ChargeJson) -> Charge:
    calendar = said["calendario"]
    created = read_time(calendar["criacao"])
    return Charge(
        txid=said["txid"],
        status=said["status"],
        amount=read_valor(said["valor"]["original"]),
        created_at=created,
        expires_at=created + timedelta(seconds=int(calendar["expiracao"])),
        revision=int(said.get("revisao", 0)),
        copy_paste=said.get("pixCopiaECola"),
        location=said.get("location"),
        payments=tuple(map(read_pix, said.get("pix", ()))),
    )


def _pix(said: PixJson) -> ReceivedPix:
    amount = read_valor(said["valor"])
    return ReceivedPix(
        e2eid=_word(said["endToEndId"]),
        amount=amount,
        at=read_time(said["horario"]),
        txid=said.get("txid") or None,
        key=said.get("chave"),
        payer_text=said.get("infoPagador"),
        refunds=tuple(map(_refund, many(said.get("devolucoes")))),
        parts=_parts(said.get("componentesValor"), amount),
    )


def _parts(said: Any, amount: Money) -> Parts | None:
    """None where a PSP says nothing, or what does not add up: the payment itself is still news."""
    names = ("original", "multa", "juros", "abatimento", "desconto")
    try:
        cents = [read_valor(said[name]["valor"]).cents if name in said else 0 for name in names]
    except (KeyError, TypeError, ValueError):
        return None
    parts = Parts(*cents)
    return parts if parts.total == amount.cents else None


def _refund(said: RefundJson) -> Refund:
    return Refund(
        id=_word(said["id"]),
        amount=read_valor(said["valor"]),
        status=said["status"],
        why=str(said.get("motivo") or "")[:200],
        nature=str(said.get("natureza") or "ORIGINAL"),
    )


def _word(value: object) -> str:
    if not isinstance(value, str) or not value.isalnum() or not value.isascii():
        raise Garbled("identifier")
    if len(value) > LONGEST_WORD:
        raise Garbled("identifier")
    return value
