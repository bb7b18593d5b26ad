"""Which taxes fall on whom. Pure functions."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from alicerce.apps.taxes.types import (
    Levy,
    Payer,
    TaxCard,
    TaxKind,
    TaxSpec,
    Withholding,
)

MILLION = 1_000_000
LEAST_ISS, MOST_ISS = 20_000, 50_000
STATES = {
    "11": "RO", "12": "AC", "13": "AM", "14": "RR", "15": "PA", "16": "AP", "17": "TO", "21": "MA",
    "22": "PI", "23": "CE", "24": "RN", "25": "PB", "26": "PE", "27": "AL", "28": "SE", "29": "BA",
    "31": "MG", "32": "ES", "33": "RJ", "35": "SP", "41": "PR", "42": "SC", "43": "RS", "50": "MS",
    "51": "MT", "52": "GO", "53": "DF",
}  # fmt: skip
"""The two digits that the code of a city begins with (IBGE)."""
CITY, SERVICE = re.compile(r"\d{7}"), re.compile(r"\d{6}")
EVERY_KIND = ""


def rate_of(ppm: int) -> Fraction:
    return Fraction(ppm, MILLION)


def state_of(city_code: str) -> str:
    """Empty for what is no city's code."""
    return STATES.get(city_code[:2], "") if CITY.fullmatch(city_code) else ""


def is_sound(spec: TaxSpec) -> bool:
    """A rate between nothing and all, and a place that exists."""
    return (
        bool(spec.name.strip())
        and 0 < spec.rate_ppm < MILLION
        and (not spec.city_code or state_of(spec.city_code) != "")
        and (not spec.service_code or SERVICE.fullmatch(spec.service_code) is not None)
    )


def levies(
    cards: Sequence[TaxCard], payer: Payer, *, service_code: str, on: date
) -> tuple[Levy, ...]:
    """What falls that day on a line of this service, for this customer."""
    return tuple(
        Levy(
            card.id,
            card.spec.name,
            card.spec.kind,
            card.spec.rate_ppm,
            card.spec.manner,
            is_withheld(card.spec, payer),
        )
        for card in cards
        if card.is_in_force(on) and falls_on(card.spec, payer, service_code=service_code)
    )


def falls_on(spec: TaxSpec, payer: Payer, *, service_code: str) -> bool:
    if payer.exempt & {EVERY_KIND, spec.kind.value}:
        return False
    wanted = (
        (spec.country, payer.country),
        (spec.state, payer.state),
        (spec.city_code, payer.city_code),
        (spec.customer_kind, payer.kind),
        (spec.service_code, service_code),
    )
    return all(not asked or asked == there for asked, there in wanted)


def is_withheld(spec: TaxSpec, payer: Payer) -> bool:
    if spec.withholding == Withholding.CUSTOMER:
        return payer.withholds_iss
    return spec.withholding == Withholding.ALWAYS


def is_pushed_up(spec: TaxSpec) -> bool:
    """ISS is between 2 % and 5 % (LC 116, art. 8 and 8-A): outside of that somebody should look twice."""
    return spec.kind == TaxKind.ISS and not (LEAST_ISS <= spec.rate_ppm <= MOST_ISS)


def order_of(card: TaxCard) -> tuple[str, str, date]:
    return card.spec.kind.value, card.spec.name, card.spec.starts_on
