"""What a document declares, and what keeps it from being sent. Pure functions."""

from collections.abc import Sequence

from alicerce.apps.fiscal.types import Flaw

LONGEST = 2000
CPF, CNPJ = 11, 14


def description_of(descriptions: Sequence[str], invoice_code: str) -> str:
    return "; ".join([*descriptions, f"Fatura {invoice_code}"])[:LONGEST]


def code_of(codes: Sequence[str], default: str) -> str:
    """The one service of an invoice; empty when there are several, or none is known."""
    if len(codes) > 1:
        return ""
    return codes[0] if codes else default


def flaw_of(
    *, cents: int, service_code: str, taker_document: str, has_address: bool, withheld: bool
) -> Flaw | None:
    """Why it would be refused, found before anybody is asked."""
    if cents <= 0:
        return Flaw.NOTHING
    if not service_code:
        return Flaw.SERVICE
    if len(taker_document) not in {CPF, CNPJ}:
        return Flaw.TAKER
    return Flaw.ADDRESS if withheld and not has_address else None
