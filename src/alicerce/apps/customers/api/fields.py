"""Values that bodies about customers carry, read as the pages read them."""

from typing import Annotated, Literal

from ninja import Field
from pydantic import AfterValidator

from alicerce.apps.customers import rules

STATES = Literal[
    "AC", "AL", "AP", "AM", "BA", "CE", "DF", "ES", "GO", "MA", "MT", "MS", "MG", "PA",
    "PB", "PR", "PE", "PI", "RJ", "RN", "RS", "RO", "RR", "SC", "SP", "SE", "TO",
]  # fmt: skip


def _line(text: str | None) -> str | None:
    if text and not text.isprintable():
        raise ValueError("not one line")
    return " ".join(text.split()) if text else text


def _postal_code(text: str) -> str:
    code = rules.postal_code(text)
    if not code:
        raise ValueError("not a postal code")
    return code


def _phone(text: str | None) -> str:
    return rules.phone(text or "")


Line = AfterValidator(_line)
CustomerName = Annotated[
    str, Field(min_length=1, max_length=120, examples=["Renata Souza"]), Line
]
PhoneNumber = Annotated[
    str | None,
    Field(max_length=24, description="Guardado sem pontuação.", examples=["+55 41 99999-0000"]),
    AfterValidator(_phone),
]
PostalCode = Annotated[
    str,
    Field(max_length=9, description="CEP, com ou sem traço.", examples=["80010-000"]),
    AfterValidator(_postal_code),
]
TagName = Annotated[str, Field(min_length=1, max_length=40), Line]
Tags = Annotated[list[TagName], Field(max_length=rules.MOST_TAGS, examples=[["vip"]])]
