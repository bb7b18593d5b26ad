"""How customers are written down, found, and what their people may do. Pure functions."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from alicerce.apps.customers.permissions import (
    CLIENT_AREA,
    CLIENT_BILLING,
    CLIENT_PEOPLE,
    CLIENT_SERVICES,
)
from alicerce.apps.customers.types import CustomerRole, Profile

INVITATION_LASTS, INVITATIONS_A_DAY = timedelta(hours=72), 20
MOST_LETTERS_A_DAY, USUAL_LETTERS_A_DAY = 1_000, 200
LONGEST_WORD, FEWEST_LETTERS, MOST_WORDS, MOST_TAGS = 80, 2, 8, 20
STATES = (
    "AC", "AL", "AP", "AM", "BA", "CE", "DF", "ES", "GO", "MA", "MT", "MS", "MG", "PA",
    "PB", "PR", "PE", "PI", "RJ", "RN", "RS", "RO", "RR", "SC", "SP", "SE", "TO",
)  # fmt: skip
DOCUMENT = re.compile(r"[0-9a-z]{12}[0-9]{2}")
GRANTS: dict[str, frozenset[str]] = {
    CustomerRole.OWNER: frozenset(
        {CLIENT_AREA, CLIENT_BILLING, CLIENT_SERVICES, CLIENT_PEOPLE}
    ),
    CustomerRole.BILLING: frozenset({CLIENT_AREA, CLIENT_BILLING}),
    CustomerRole.TECHNICAL: frozenset({CLIENT_AREA, CLIENT_SERVICES}),
}


def tidy(profile: Profile) -> Profile:
    """One spelling for each thing: the e-mail in lower case, each tag once, no stray blanks."""
    tags = dict.fromkeys(" ".join(tag.lower().split())[:40] for tag in profile.tags)
    return replace(
        profile,
        name=" ".join(profile.name.split()),
        trade_name=" ".join(profile.trade_name.split()),
        email=profile.email.strip().lower(),
        external_reference=profile.external_reference.strip(),
        tags=tuple(sorted(filter(None, tags)))[:MOST_TAGS],
    )


def fold(text: str) -> str:
    """Without accents and case, as people type when they search."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


def words_of(texts: Iterable[str]) -> set[str]:
    """What the texts are found by: each word, and each e-mail, domain or number as a whole too."""
    found: set[str] = set()
    for text in texts:
        folded = fold(text)
        found |= {*folded.split(), *re.split(r"[^a-z0-9]+", folded)}
        found |= set(re.findall(r"@(\S+)", folded))
    return {word[:LONGEST_WORD] for word in found if len(word) >= FEWEST_LETTERS}


def words_of_profile(profile: Profile) -> set[str]:
    return words_of(
        (
            profile.name,
            profile.trade_name,
            profile.email,
            profile.document,
            profile.external_reference,
        )
    )


def asked_words(text: str) -> list[str]:
    """What somebody typed, as words to look for; a document with or without its dots."""
    folded = fold(text)
    bare = re.sub(r"[./-]", "", folded)
    is_number = bare.isdigit() or DOCUMENT.fullmatch(bare)
    return [bare] if is_number else folded.split()[:MOST_WORDS]


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def postal_code(text: str) -> str:
    """The eight digits of a CEP; empty when it is none."""
    bare = re.sub(r"\D", "", text)
    return bare if len(bare) == 8 else ""  # noqa: PLR2004 - a CEP


def phone(text: str) -> str:
    """Digits, with a plus before a foreign country's."""
    plus = "+" if text.strip().startswith("+") else ""
    return (plus + re.sub(r"\D", "", text))[:20]
