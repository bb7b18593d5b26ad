"""Charges with a due date (`cobv`): what is added after it, and taken off before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from alicerce.kernel.brazil import Document
from alicerce.kernel.money import Money
from alicerce.vendors.pix.valor import read_valor
from alicerce.vendors.pix.wire import Garbled, ReceivedPix, many, read_pix, read_time

MAX_STREET = 200
MAX_CITY = 200


class Flat(IntEnum):
    """How a fine or a rebate is told (`multa`, `abatimento`)."""

    AMOUNT = 1
    PERCENT = 2


class Interest(IntEnum):
    """How interest is told (`juros`): per calendar day up to 4, per business day from 5 on."""

    AMOUNT_A_DAY = 1
    PERCENT_A_DAY = 2
    PERCENT_A_MONTH = 3
    PERCENT_A_YEAR = 4
    AMOUNT_A_BUSINESS_DAY = 5
    PERCENT_A_BUSINESS_DAY = 6
    PERCENT_A_BUSINESS_MONTH = 7
    PERCENT_A_BUSINESS_YEAR = 8


class Discount(IntEnum):
    """How a discount is told (`desconto`): until dates (1, 2), or for each day before the due one."""

    AMOUNT_UNTIL = 1
    PERCENT_UNTIL = 2
    AMOUNT_A_DAY = 3
    AMOUNT_A_BUSINESS_DAY = 4
    PERCENT_A_DAY = 5
    PERCENT_A_BUSINESS_DAY = 6


DATED = frozenset({Discount.AMOUNT_UNTIL, Discount.PERCENT_UNTIL})


@dataclass(frozen=True, slots=True)
class Told:
    """A figure and how it is meant: cents, or hundredths of a percent."""

    how: int
    hundredths: int

    def as_json(self) -> dict[str, Any]:
        return {"modalidade": int(self.how), "valorPerc": write_hundredths(self.hundredths)}


@dataclass(frozen=True, slots=True)
class Until:
    """So much off for who pays until that day."""

    day: date
    hundredths: int


@dataclass(frozen=True, slots=True)
class Discounts:
    how: Discount
    until: tuple[Until, ...] = ()
    hundredths: int = 0

    def as_json(self) -> dict[str, Any]:
        if self.how not in DATED:
            return {"modalidade": int(self.how), "valorPerc": write_hundredths(self.hundredths)}
        dated = [
            {"data": one.day.isoformat(), "valorPerc": write_hundredths(one.hundredths)}
            for one in self.until
        ]
        return {"modalidade": int(self.how), "descontoDataFixa": dated}


@dataclass(frozen=True, slots=True)
class DueTerms:
    """When it is due, for how many days longer it can be paid, and what that does to the amount."""

    due_on: date
    valid_days: int
    fine: Told | None = None
    interest: Told | None = None
    rebate: Told | None = None
    discounts: Discounts | None = None

    def valor(self) -> dict[str, Any]:
        named = {
            "multa": self.fine,
            "juros": self.interest,
            "abatimento": self.rebate,
            "desconto": self.discounts,
        }
        return {name: told.as_json() for name, told in named.items() if told}


@dataclass(frozen=True, slots=True)
class DuePayer:
    """Who owes it. The address is sent where the whole of it is known."""

    name: str
    document: Document
    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""

    def as_json(self) -> dict[str, str]:
        who = {self.document.kind: self.document.number, "nome": self.name[:200]}
        where = {
            "logradouro": self.street[:MAX_STREET],
            "cidade": self.city[:MAX_CITY],
            "uf": self.state,
            "cep": self.postal_code,
        }
        return who | where if all(where.values()) else who


@dataclass(frozen=True, slots=True)
class DueCharge:
    """A charge with a due date as the PSP has it. What it costs on which day is the payer's bank's to say."""

    txid: str
    status: str
    amount: Money
    due_on: date
    valid_days: int
    created_at: datetime
    revision: int
    copy_paste: str | None
    location: str | None
    payments: tuple[ReceivedPix, ...] = ()


def read_due_charge(said: Any) -> DueCharge:
    """Raises Garbled."""
    try:
        return _due_charge(said)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as trouble:
        raise Garbled("charge") from trouble


def write_hundredths(hundredths: int) -> str:
    units, rest = divmod(hundredths, 100)
    return f"{units}.{rest:02d}"


def _due_charge(said: Mapping[str, Any]) -> DueCharge:
    calendar = said["calendario"]
    location = said.get("location") or (said.get("loc") or {}).get("location")
    return DueCharge(
        txid=said["txid"],
        status=said["status"],
        amount=read_valor(said["valor"]["original"]),
        due_on=date.fromisoformat(calendar["dataDeVencimento"]),
        valid_days=int(calendar.get("validadeAposVencimento", 0)),
        created_at=read_time(calendar["criacao"]),
        revision=int(said.get("revisao", 0)),
        copy_paste=said.get("pixCopiaECola"),
        location=location,
        payments=tuple(map(read_pix, many(said.get("pix")))),
    )
