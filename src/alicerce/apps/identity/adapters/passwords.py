"""Passwords nobody may choose: breached ones, by a list that is shipped and asks nobody, or guessable."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from alicerce.apps.identity import rules
from alicerce.apps.identity.ports import local_words

LIST = Path(__file__).with_name("breached_passwords.bin")
WIDTH = 5
"""Bytes kept of each digest: one password in ten million that was never breached is refused too."""


def mark_of(password: str) -> bytes:
    """What the list keeps of a password, whatever its case."""
    return sha256(password.strip().lower().encode()).digest()[:WIDTH]


def is_breached(password: str) -> bool:
    marks, mark = _marks(), mark_of(password)
    low, high = 0, len(marks) // WIDTH
    while low < high:
        middle = (low + high) // 2
        if marks[middle * WIDTH : (middle + 1) * WIDTH] < mark:
            low = middle + 1
        else:
            high = middle
    return marks[low * WIDTH : (low + 1) * WIDTH] == mark


@cache
def _marks() -> bytes:
    """Sorted, without anything between; `python -m tools.breached_passwords` writes them."""
    return LIST.read_bytes()


class BreachedPasswordValidator:
    """Refuses what those who guess passwords try first, far beyond Django's own list."""

    def validate(self, password: str, user: Any = None) -> None:
        if is_breached(password):
            raise ValidationError(
                _(
                    "Esta senha está em listas de senhas vazadas, e é das primeiras que se tentam."
                ),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return _("Não use uma senha que já vazou em outro lugar.")


class GuessableWordsValidator:
    """Refuses the person's, the company's and the program's own name with a few signs around it."""

    def validate(self, password: str, user: Any = None) -> None:
        theirs = (getattr(user, "name", ""), getattr(user, "email", ""))
        heard = (word for words in local_words for word in words())
        if rules.leans_on(password, (*rules.OUR_WORDS, *theirs, *heard)):
            raise ValidationError(
                _(
                    "Quase só o seu nome, o da empresa ou uma palavra daqui: é fácil de adivinhar."
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _("Não faça a senha com o seu nome, o da empresa ou uma palavra daqui.")
