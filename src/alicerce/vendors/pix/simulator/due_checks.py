"""What the PSP accepts of a charge with a due date: the specification's complaints about a `cobv`."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from alicerce.vendors.pix.due import DATED, Discount
from alicerce.vendors.pix.simulator import checks
from alicerce.vendors.pix.simulator.problems import Violation
from alicerce.vendors.pix.valor import read_valor
from alicerce.vendors.pix.wire import REMOVED

MODES = {"multa": 2, "juros": 8, "abatimento": 2}
MOST_DATES = 3
WHOLE = 10000  # hundredths of a percent


def due_violations(body: Any, *, key: str, today: date) -> list[Violation]:
    """What is wrong with the charge asked for."""
    if not isinstance(body, Mapping):
        return [Violation("cobv", "não é um objeto")]
    needed = ("calendario", "valor", "chave", "devedor")
    absent = [Violation(f"cobv.{name}", "ausente") for name in needed if name not in body]
    if isinstance(body.get("valor"), Mapping) and "original" not in body["valor"]:
        absent.append(Violation("cobv.valor.original", "ausente"))
    if isinstance(calendar := body.get("calendario"), Mapping):
        absent += _due_date(calendar.get("dataDeVencimento"), today)
    return absent + due_revision_violations(body, key=key)


def due_revision_violations(body: Any, *, key: str) -> list[Violation]:
    """What is wrong with those fields that are there."""
    if not isinstance(body, Mapping):
        return [Violation("cobv", "não é um objeto")]
    shared = {name: value for name, value in body.items() if name != "calendario"}
    found = [
        *(_as_cobv(one) for one in checks.revision_violations(shared, key=key)),
        *_validity(body.get("calendario", {})),
        *_address(body.get("devedor")),
    ]
    if body.get("status") == REMOVED and len(body) > 1:
        found.append(Violation("cobv.status", "removida juntamente com outras alterações"))
    if isinstance(valor := body.get("valor"), Mapping):
        found += _valor(valor, body.get("calendario", {}))
    return found


def _as_cobv(one: Violation) -> Violation:
    return Violation(one.where.replace("cob.", "cobv.", 1), one.why, one.value)


def _due_date(said: Any, today: date) -> Iterator[Violation]:
    day = _day(said)
    if day is None:
        yield Violation("cobv.calendario.dataDeVencimento", "não é uma data", said)
    elif day < today:
        yield Violation("cobv.calendario.dataDeVencimento", "anterior à criação", said)


def _validity(calendar: Any) -> Iterator[Violation]:
    days = calendar.get("validadeAposVencimento", 0) if isinstance(calendar, Mapping) else None
    if type(days) is not int or not 0 <= days < 2**31:
        yield Violation("cobv.calendario.validadeAposVencimento", "menor do que zero", days)


def _address(debtor: Any) -> Iterator[Violation]:
    if not isinstance(debtor, Mapping):
        return
    for name, longest in (("logradouro", 200), ("cidade", 200), ("uf", 2), ("cep", 8)):
        value = debtor.get(name, "")
        if not isinstance(value, str) or len(value) > longest:
            yield Violation(f"cobv.devedor.{name}", "não respeita o schema", value)


def _valor(valor: Mapping[str, Any], calendar: Any) -> Iterator[Violation]:
    original = _hundredths(valor.get("original")) or 0
    for name, last in MODES.items():
        if name in valor:
            yield from _told(name, valor[name], last)
    yield from _too_much(valor.get("abatimento"), original)
    if "desconto" in valor:
        yield from _discount(valor["desconto"], original, calendar)


def _told(name: str, told: Any, last: int) -> Iterator[Violation]:
    good = isinstance(told, Mapping) and _mode(told) in range(1, last + 1)
    if not good or _hundredths(told.get("valorPerc")) is None:
        yield Violation(f"cobv.valor.{name}", "não respeita o schema", told)


def _too_much(rebate: Any, original: int) -> Iterator[Violation]:
    if not isinstance(rebate, Mapping):
        return
    value = _hundredths(rebate.get("valorPerc")) or 0
    if original and value >= (original if _mode(rebate) == 1 else WHOLE):
        yield Violation("cobv.valor.abatimento", "maior ou igual ao valor da cobrança")


def _discount(told: Any, original: int, calendar: Any) -> Iterator[Violation]:
    where = "cobv.valor.desconto"
    if not isinstance(told, Mapping) or _mode(told) not in range(1, 7):
        yield Violation(where, "não respeita o schema", told)
        return
    how, dated = Discount(told["modalidade"]), told.get("descontoDataFixa")
    if how not in DATED:
        if dated or _hundredths(told.get("valorPerc")) is None:
            yield Violation(where, "valorPerc ausente, ou descontoDataFixa preenchido")
        return
    if "valorPerc" in told or not isinstance(dated, list) or not 1 <= len(dated) <= MOST_DATES:
        yield Violation(where, "descontoDataFixa vazio, ou valorPerc preenchido")
        return
    last = _day(calendar.get("dataDeVencimento")) if isinstance(calendar, Mapping) else None
    for one in dated:
        yield from _until(one, how, original, last)


def _until(one: Any, how: Discount, original: int, last: date | None) -> Iterator[Violation]:
    where = "cobv.valor.desconto"
    day = _day(one.get("data")) if isinstance(one, Mapping) else None
    value = _hundredths(one.get("valorPerc")) if day else None
    if day is None or value is None:
        yield Violation(where, "não respeita o schema", one)
    elif last and day > last:
        yield Violation(where, "data posterior à data de vencimento", one["data"])
    elif original and value >= (original if how == Discount.AMOUNT_UNTIL else WHOLE):
        yield Violation(where, "maior ou igual ao valor da cobrança", one["valorPerc"])


def _mode(told: Mapping[str, Any]) -> int:
    mode = told.get("modalidade")
    return mode if type(mode) is int else 0


def _hundredths(text: Any) -> int | None:
    try:
        return read_valor(text).cents
    except ValueError:
        return None


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
