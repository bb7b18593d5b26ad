"""What identity needs of the world: somebody who writes to a person, and where the platform is."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Protocol


class Letters(Protocol):
    def send(
        self, *, template: str, to: str, values: Mapping[str, str], at: datetime, locale: str
    ) -> None:
        """Queue one letter, in the transaction that calls for it.

        A value named `path_…` is a page of ours: it becomes a link on the tenant's own address,
        and never on the address that a request claims to have come to. One named `at_…` is a moment:
        it is told in the company's time zone and the reader's language.
        """


letters: dict[str, Letters] = {}
local_words: list[Callable[[], Iterable[str]]] = []
"""What everybody here could guess a password from: the name of the company whose page this is."""
platform_hosts: list[Callable[[], str]] = []
"""The platform's own name, or nothing while it has none. The companies below it share its passkeys."""
