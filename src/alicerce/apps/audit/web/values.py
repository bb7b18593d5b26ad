"""What a field of the trail says, as the reader's language and clock have it. The trail keeps codes."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from alicerce.apps.audit.types import Unreadable
from alicerce.apps.audit.web.codes import code_words
from alicerce.apps.audit.web.fields import OF_FIELDS, field_words
from alicerce.apps.audit.web.things import short, uuid_in
from alicerce.apps.audit.web.words import action_words
from alicerce.kernel.brazil import display_domains
from alicerce.kernel.money import Money
from alicerce.kernel.permissions import declared
from alicerce.ui.formats import day, moment, money, number

CYCLES = frozenset(
    {"annual", "biennial", "monthly", "one_off", "quarterly", "semiannual", "triennial"}
)
PARTS: Mapping[str, int] = {
    "fine_basis_points": 100,
    "interest_basis_points": 100,
    "percent_bp": 100,
    "rate_ppm": 10_000,
}
"""How many of a field's units are one percent."""
FLAGS = frozenset({"granted", "may_write"})
"""Yes or no that older entries keep as "1" and nothing."""
PERMISSIONS = frozenset({"permissions", "scopes"})
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
REAL = "BRL"


def is_money(field: str) -> bool:
    return field in {"cents", "flat"} or field.endswith("_cents") or field in CYCLES


def value_words(field: str, value: Any, facts: Mapping[str, Any]) -> str:
    """`facts` is what was kept beside it: cents are of the currency that stands there."""
    if value is Unreadable.ERASED:
        return _("apagado")
    if isinstance(value, bool):
        return _("sim") if value else _("não")
    if isinstance(value, int):
        return _figure(field, value, facts)
    if isinstance(value, str):
        return _text(field, value) if value else ""
    return _many(field, value, facts)


def _many(field: str, value: Any, facts: Mapping[str, Any]) -> str:
    if isinstance(value, Mapping):
        pairs = ((field_words(name), value_words(name, value[name], facts)) for name in value)
        return "; ".join(f"{name}: {said}" for name, said in pairs if said)
    if isinstance(value, list):
        return ", ".join(_one(field, each, facts) for each in value)
    return "" if value is None else str(value)


def _one(field: str, value: Any, facts: Mapping[str, Any]) -> str:
    if field in OF_FIELDS and isinstance(value, str):
        return field_words(value)
    return value_words(field, value, facts)


def _figure(field: str, value: int, facts: Mapping[str, Any]) -> str:
    if is_money(field):
        currency = facts.get("currency")
        return money(Money(value, currency if isinstance(currency, str) and currency else REAL))
    if field in PARTS:
        return f"{number(value / PARTS[field])}%"
    return str(value)


def _text(field: str, value: str) -> str:
    if field == "action":
        return action_words(value)
    if field in FLAGS:
        return _("sim")
    if field in PERMISSIONS:
        known = declared().get(value)
        return str(known.label) if known else value
    key = uuid_in(value)
    return (
        code_words(field, value)
        or _time(value)
        or (short(key) if key else display_domains(value))
    )


def _time(value: str) -> str:
    """An instant by the clock of who reads; a day is the same everywhere."""
    try:
        if DAY.fullmatch(value):
            return day(date.fromisoformat(value))
        if INSTANT.fullmatch(value):
            instant = datetime.fromisoformat(value)
            return moment(instant) if instant.tzinfo else ""
    except ValueError:
        pass
    return ""
