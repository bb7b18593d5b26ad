"""A panel in memory, at the port: troubles are lined up, time is given by hand."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.hosting.models import ProvisioningRun, RunStep, Server, ServerLease
from alicerce.apps.hosting.ports import PanelRefusal
from alicerce.apps.hosting.services.advance_run import advance_run
from alicerce.apps.hosting.tests.factories import NOON
from alicerce.apps.hosting.types import Licence, NewAccount, PanelAccount, RefusalKind, StepKind
from alicerce.apps.notify.types import Letter

STRANGER = UUID(int=7)


class PanelInMemory:
    """Does what a panel does. A trouble is raised before the work, or after it is done."""

    def __init__(self) -> None:
        self.accounts: dict[str, str] = {}
        self.limits: dict[str, int] = {}
        self.used: dict[str, int] = {}
        self.packages: dict[str, str] = {}
        self.quotas: dict[str, int | None] = {"pro": None, "max": None}
        self.suspended: dict[str, str] = {}
        self.removed: list[str] = []
        self.created: list[str] = []
        self.passwords: list[str] = []
        self.asked: list[str] = []
        self.seats = Licence(limit=0, used=0)
        self.before: dict[str, list[Exception]] = defaultdict(list)
        self.after: dict[str, list[Exception]] = defaultdict(list)

    def version(self) -> str:
        self._stumble(self.before, "version")
        return "11.138.0"

    def licence(self) -> Licence:
        self._stumble(self.before, "licence")
        return replace(self.seats, used=self.seats.used + len(self.accounts))

    def account(self, username: str) -> PanelAccount | None:
        self._stumble(self.before, "account")
        return self._shown(username) if username in self.accounts else None

    def list_accounts(self) -> list[PanelAccount]:
        return [self._shown(username) for username in self.accounts]

    def _shown(self, username: str) -> PanelAccount:
        return PanelAccount(
            username,
            self.accounts[username],
            suspended=username in self.suspended,
            disk_limit=self.limits.get(username),
            disk_used=self.used.get(username),
            package=self.packages.get(username, ""),
        )

    def suspend(self, username: str, *, reason: str) -> None:
        self._stumble(self.before, "suspend")
        if username in self.suspended:
            raise PanelRefusal("already suspended", RefusalKind.ALREADY_SO)
        self.suspended[username] = reason
        self._stumble(self.after, "suspend")

    def resume(self, username: str) -> None:
        self._stumble(self.before, "resume")
        if username not in self.suspended:
            raise PanelRefusal("not suspended", RefusalKind.ALREADY_SO)
        del self.suspended[username]
        self._stumble(self.after, "resume")

    def change_package(self, username: str, *, package: str) -> None:
        self._stumble(self.before, "change_package")
        self.packages[username] = package
        self._stumble(self.after, "change_package")

    def remove(self, username: str) -> None:
        self._stumble(self.before, "remove")
        del self.accounts[username]
        self.suspended.pop(username, None)
        self.removed.append(username)
        self._stumble(self.after, "remove")

    def quota_of(self, package: str) -> int | None:
        self._stumble(self.before, "quota_of")
        if package not in self.quotas:
            raise PanelRefusal("no such package", RefusalKind.PERMANENT)
        return self.quotas[package]

    def list_packages(self) -> list[str]:
        self._stumble(self.before, "list_packages")
        return list(self.quotas)

    def create_account(self, account: NewAccount) -> None:
        self._stumble(self.before, "create_account")
        if account.username in self.accounts:
            raise PanelRefusal("name in use", RefusalKind.USERNAME_TAKEN)
        if account.domain in self.accounts.values():
            raise PanelRefusal("domain in use", RefusalKind.DOMAIN_TAKEN)
        self.accounts[account.username] = account.domain
        self.created.append(account.username)
        self.packages[account.username] = account.package
        self.passwords.append(account.password)
        self._stumble(self.after, "create_account")

    def start_autossl(self, username: str) -> str:
        self._stumble(self.before, "start_autossl")
        return "4711"

    def _stumble(self, troubles: dict[str, list[Exception]], method: str) -> None:
        if troubles is self.before:
            self.asked.append(method)
        if troubles[method]:
            raise troubles[method].pop(0)


class LettersInMemory:
    def __init__(self) -> None:
        self.delivered: list[Letter] = []

    def deliver(self, letter: Letter) -> None:
        self.delivered.append(letter)


class HandClock:
    """Time that moves a second at every look, and jumps when told."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def drive(run: ProvisioningRun, clock: HandClock, *, turns: int = 200) -> ProvisioningRun:
    """Take turns, each when it is due, until the run is over."""
    for _turn in range(turns):
        run.refresh_from_db()
        if run.is_over:
            break
        clock.now = max(clock.now, run.next_at or clock.now)
        advance_run(run_id=run.id, turn=run.turn, clock=clock)
    return run


def drive_to_the_panel(run: ProvisioningRun, clock: HandClock) -> None:
    """Take turns until the account would be asked for, were the server not busy with others."""
    run.refresh_from_db()
    while run.current_step().kind != StepKind.CREATE_ACCOUNT:
        with _every_slot_taken():
            advance_run(run_id=run.id, turn=run.turn, clock=clock)
        run.refresh_from_db()


@contextmanager
def _every_slot_taken() -> Iterator[None]:
    for server in Server.objects.all():
        for slot in range(1, server.max_concurrent + 1):
            ServerLease.objects.create(
                server=server, slot=slot, run_id=STRANGER, expires_at=NOON + timedelta(days=9)
            )
    yield
    ServerLease.objects.let_go(run_id=STRANGER)


def step_of(run: ProvisioningRun, kind: StepKind = StepKind.CREATE_ACCOUNT) -> RunStep:
    return RunStep.objects.get(run=run, kind=kind)
