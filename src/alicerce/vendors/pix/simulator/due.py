"""Charges with a due date as the PSP writes them down, and what their payer owes on which day.

The arithmetic is the Central Bank's (Manual de Padrões para Iniciação do Pix): the fine and the interest are
of the original amount less the rebate, a month has 30 days (21 of business), a year 365 (252), and each
figure is rounded once, half up. A day without banks puts the due date, and all that counts from it, off.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from alicerce.kernel.business_days import business_day_from, is_business_day
from alicerce.vendors.pix.due import DATED, Discount, Flat, Interest, write_hundredths
from alicerce.vendors.pix.simulator.records import Json, Receiver, new_charge
from alicerce.vendors.pix.valor import read_valor
from alicerce.vendors.pix.wire import ACTIVE, Parts

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
CENT = Decimal(1)
DEFAULT_VALID_DAYS = 30
DAYS_OF_RATE = {
    Interest.PERCENT_A_DAY: 1,
    Interest.PERCENT_A_MONTH: 30,
    Interest.PERCENT_A_YEAR: 365,
    Interest.PERCENT_A_BUSINESS_DAY: 1,
    Interest.PERCENT_A_BUSINESS_MONTH: 21,
    Interest.PERCENT_A_BUSINESS_YEAR: 252,
}
NAMES = ("multa", "juros", "abatimento", "desconto")


def new_due_charge(txid: str, *, receiver: Receiver, at: datetime) -> Json:
    made = new_charge(txid, receiver=receiver, at=at, kind="cobv")
    calendar = {
        "criacao": made["calendario"]["criacao"],
        "validadeAposVencimento": DEFAULT_VALID_DAYS,
    }
    who = {
        "cnpj": receiver.cnpj,
        "nome": receiver.name,
        "logradouro": "Rua do Simulador, 1",
        "cidade": receiver.city,
        "uf": "SP",
        "cep": "01001000",
    }
    return made | {"calendario": calendar, "recebedor": who}


def is_due_charge(charge: Json) -> bool:
    return bool(charge["loc"]["tipoCob"] == "cobv")


def is_due_charge_payable(charge: Json, *, at: datetime) -> bool:
    return bool(charge["status"] == ACTIVE) and at < _end_of(charge)


def due_parts(charge: Json, *, at: datetime) -> Parts:
    """What who pays at that moment pays, and of what it is made."""
    valor, day = charge["valor"], at.astimezone(SAO_PAULO).date()
    due_on = business_day_from(date.fromisoformat(charge["calendario"]["dataDeVencimento"]))
    original = read_valor(valor["original"]).cents
    rebate = _flat(valor.get("abatimento"), Decimal(original))
    base = Decimal(original - rebate)
    if day > due_on:
        fine, interest = _flat(valor.get("multa"), base), _interest(valor, base, due_on, day)
        return Parts(original, fine, interest, rebate)
    return Parts(original, 0, 0, rebate, _discount(valor.get("desconto"), base, due_on, day))


def components(parts: Parts) -> Json:
    """`componentesValor`: the original amount always, the others where there is any."""
    named = zip(NAMES, (parts.fine, parts.interest, parts.rebate, parts.discount), strict=True)
    said = {name: {"valor": write_hundredths(cents)} for name, cents in named if cents}
    return {"original": {"valor": write_hundredths(parts.original)}, **said}


def _end_of(charge: Json) -> datetime:
    calendar = charge["calendario"]
    due_on = business_day_from(date.fromisoformat(calendar["dataDeVencimento"]))
    last = business_day_from(due_on + timedelta(days=calendar["validadeAposVencimento"]))
    return datetime.combine(last + timedelta(days=1), time(), SAO_PAULO)


def _flat(told: Mapping[str, Any] | None, base: Decimal) -> int:
    if not told:
        return 0
    value = Decimal(told["valorPerc"])
    return _cents(value * 100 if told["modalidade"] == Flat.AMOUNT else base * value / 100)


def _interest(valor: Mapping[str, Any], base: Decimal, due_on: date, day: date) -> int:
    told = valor.get("juros")
    if not told:
        return 0
    how, value = Interest(told["modalidade"]), Decimal(told["valorPerc"])
    counts = _every if how <= Interest.PERCENT_A_YEAR else is_business_day
    days = _days(due_on, day, counts)
    if how in DAYS_OF_RATE:
        return _cents(base * value * days / 100 / DAYS_OF_RATE[how])
    return _cents(value * 100 * days)


def _discount(told: Mapping[str, Any] | None, base: Decimal, due_on: date, day: date) -> int:
    if not told:
        return 0
    how = Discount(told["modalidade"])
    if how in DATED:
        return _dated_discount(told, base, how, day)
    counts = (
        _every if how in {Discount.AMOUNT_A_DAY, Discount.PERCENT_A_DAY} else is_business_day
    )
    value = Decimal(told["valorPerc"]) * _days(day, due_on, counts)
    is_amount = how in {Discount.AMOUNT_A_DAY, Discount.AMOUNT_A_BUSINESS_DAY}
    return _cents(value * 100 if is_amount else base * value / 100)


def _dated_discount(told: Mapping[str, Any], base: Decimal, how: Discount, day: date) -> int:
    """That of the first date which has not passed."""
    dated = sorted(told["descontoDataFixa"], key=lambda one: str(one["data"]))
    for one in dated:
        if day <= business_day_from(date.fromisoformat(one["data"])):
            value = Decimal(one["valorPerc"])
            return _cents(value * 100 if how == Discount.AMOUNT_UNTIL else base * value / 100)
    return 0


def _days(after: date, until: date, counts: Callable[[date], bool]) -> int:
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(map(counts, days))


def _every(_: date) -> bool:
    return True


def _cents(exact: Decimal) -> int:
    return int(exact.quantize(CENT, ROUND_HALF_UP))
