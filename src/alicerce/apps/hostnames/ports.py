"""What hostnames needs of the world: somebody who asks DNS."""

from collections.abc import Callable
from typing import Protocol


class Resolver(Protocol):
    """That there is no record is an answer. Where there is none, it raises Unknown."""

    def texts(self, name: str) -> tuple[str, ...]:
        """What the TXT records of a name say."""

    def addresses(self, name: str) -> frozenset[str]:
        """The addresses a name leads to, aliases followed."""


resolvers: dict[str, Callable[[], Resolver]] = {}


def resolver() -> Resolver:
    return resolvers["dns"]()
