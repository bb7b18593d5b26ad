"""How likely it is that a line of the bank is a given thing. Pure functions."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from alicerce.apps.reconciliation.types import Counterpart, MatchKind

SURE, LIKELY = 100, 40
NEAR_DAYS = {
    MatchKind.PAYOUT: 5,
    MatchKind.PAYMENT: 3,
    MatchKind.REFUND: 5,
    MatchKind.BY_HAND: 5,
    MatchKind.FEE: 0,
}
FEE_WORDS = re.compile(r"\b(tarifa|tar\b|taxa|fee|iof|custo)", re.IGNORECASE)
LONG_WORD = re.compile(r"[A-Za-z0-9_-]{11,64}")
"""What may be an end-to-end id, a txid, a payout's name or a document."""


def long_words(*texts: str) -> set[str]:
    return {word for text in texts for word in LONG_WORD.findall(text)}


def digits_in(*texts: str) -> set[str]:
    """Runs of digits as long as a CPF or a CNPJ, however they are marked."""
    plain = (re.sub(r"(?<=\d)[./-](?=\d)", "", text) for text in texts)
    return {run for text in plain for run in re.findall(r"\d{11,14}", text)}


def looks_like_fee(cents: int, memo: str) -> bool:
    return cents < 0 and bool(FEE_WORDS.search(memo))


def rated(
    found: Counterpart, *, cents: int, posted_on: date, memo: str, document: str
) -> Counterpart | None:
    """With its score and why; None when it cannot be: another amount, or far from the day.

    A line that names it is it, whatever the day. One of the amount alone is likely, the nearer the more.
    """
    if found.amount.cents != cents:
        return None
    if found.subject_name in memo or found.subject_name == document:
        return replace(found, score=SURE, why=("name", "amount"))
    days = abs((posted_on - found.on).days)
    if days > NEAR_DAYS[found.kind]:
        return None
    return replace(found, score=LIKELY - 5 * days, why=("amount", "day"))


def best(found: Sequence[Counterpart]) -> list[Counterpart]:
    return sorted(found, key=lambda one: (-one.score, one.on, one.subject))


def sure(found: Sequence[Counterpart]) -> Counterpart | None:
    """The only one that the line names, if there is one."""
    named = [one for one in found if one.score >= SURE]
    return named[0] if len(named) == 1 else None
