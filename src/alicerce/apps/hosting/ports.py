"""What hosting needs from a control panel, whoever makes it."""

from collections.abc import Callable
from typing import Protocol

from alicerce.apps.hosting.types import (
    Licence,
    NewAccount,
    PanelAccount,
    RefusalKind,
    ServerAccess,
)
from alicerce.kernel.http import Refusal


class PanelRefusal(Refusal):
    """The panel said no, and we know what kind of no."""

    def __init__(self, reason: str, kind: RefusalKind = RefusalKind.OTHER) -> None:
        super().__init__(reason)
        self.reason, self.kind = reason, kind


class Panel(Protocol):
    """Every method may also raise kernel.http.Unavailable (not done) or Unknown (maybe done)."""

    def version(self) -> str: ...

    def licence(self) -> Licence: ...

    def account(self, username: str) -> PanelAccount | None:
        """The account as the panel shows it; None when the panel surely has none."""

    def create_account(self, account: NewAccount) -> None:
        """Ask once. Whoever gets Unknown asks `account` before asking this again."""

    def list_accounts(self) -> list[PanelAccount]:
        """Every account that our credentials show."""

    def suspend(self, username: str, *, reason: str) -> None:
        """Stop the whole account. Whoever may read the panel reads the reason.

        These four are asked once; whoever gets Unknown looks at the account before asking again.
        """

    def resume(self, username: str) -> None: ...

    def change_package(self, username: str, *, package: str) -> None: ...

    def remove(self, username: str) -> None:
        """For good: files, databases, mail."""

    def quota_of(self, package: str) -> int | None:
        """How much an account of this package may use, in bytes; None is no limit.

        Raises PanelRefusal when the panel has no such package.
        """

    def list_packages(self) -> list[str]:
        """The names of the packages that accounts may be created with."""

    def start_autossl(self, username: str) -> str:
        """Start a certificate check; the panel's own reference of it."""


PanelFactory = Callable[[ServerAccess], Panel]

panels: dict[str, PanelFactory] = {}


def panel_for(access: ServerAccess) -> Panel:
    return panels["whm"](access)
