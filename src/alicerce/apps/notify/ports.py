"""What notify needs of the world: somebody who carries letters."""

from typing import Protocol

from alicerce.apps.notify.types import Letter


class Mailer(Protocol):
    def deliver(self, letter: Letter) -> None:
        """Hand the letter over. Raises Refusal, Unavailable or Unknown of the kernel."""


mailers: dict[str, Mailer] = {}
