"""What identity needs of the world: somebody who writes to a person, in the tenant's name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class Letters(Protocol):
    def send(
        self, *, template: str, to: str, values: Mapping[str, str], at: datetime, locale: str
    ) -> None:
        """Queue one letter, in the transaction that calls for it.

        A value named `path_…` is a page of ours: it becomes a link on the tenant's own address,
        and never on the address that a request claims to have come to.
        """


letters: dict[str, Letters] = {}
