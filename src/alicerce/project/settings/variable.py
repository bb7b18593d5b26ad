"""One variable of the environment."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Variable:
    """One row of the table in the README."""

    name: str
    default: str
    meaning: str
    parse: Callable[[str], Any]
    secret: bool = False
    production: bool = False

    @property
    def field(self) -> str:
        return self.name.removeprefix("ALICERCE_").lower()


class WrongSetting(Exception):
    """A variable that cannot be used; the message names it and never shows a secret."""

    def __init__(self, name: str, complaint: str) -> None:
        super().__init__(f"{name} {complaint}")
        self.name = name
