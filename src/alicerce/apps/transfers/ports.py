"""What transfers need from whoever knows the panel of the source."""

from typing import Protocol

from alicerce.apps.transfers.types import Code, Source, SourceFacts
from alicerce.kernel.http import Refusal


class SourceRefusal(Refusal):
    """The source, or the way to it, said no, and we know what kind of no."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class Mover(Protocol):
    """Looks at an account where it is. Moving it is done by people, with the panel's own tool."""

    def may_reach(self, source: Source) -> bool:
        """Whether the address is one that a user may name. Asks nobody."""

    def can_pin(self, certificate: str) -> bool:
        """Whether this is a certificate that can be trusted in place of the public authorities."""

    def examine(self, source: Source, token: str) -> SourceFacts:
        """Only reads. Raises SourceRefusal, or kernel.http.Unavailable or Unknown: ask again."""


movers: dict[str, Mover] = {}


def mover() -> Mover:
    return movers["whm"]
