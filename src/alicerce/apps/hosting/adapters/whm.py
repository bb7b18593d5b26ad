"""WHM, as a hosting panel: its words in ours, its reasons in kinds of no."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.conf import settings

from alicerce.apps.hosting.ports import PanelRefusal
from alicerce.apps.hosting.services.ways import way_to
from alicerce.apps.hosting.types import (
    Licence,
    NewAccount,
    PanelAccount,
    RefusalKind,
    ServerAccess,
)
from alicerce.kernel.http import Refusal
from alicerce.vendors.whm.client import WhmClient
from alicerce.vendors.whm.guarded import guarded_client
from alicerce.vendors.whm.records import Account

ALREADY_SO = re.compile(
    r"\balready (been )?suspended\b|\bnot (currently )?suspended\b", re.IGNORECASE
)
REASONS = (
    (
        RefusalKind.USERNAME_TAKEN,
        r"\b(user(name)?|account|group)\b.{0,80}\b(already|in use|taken)\b|\balready has an account\b",
    ),
    (
        RefusalKind.NAME_UNUSABLE,
        r"\bsame (initial|first)\b|\breserved (user)?name\b|\bnot a valid username\b",
    ),
    (RefusalKind.SERVER_FULL, r"\blicen[cs]e\b.{0,120}\b(permits only|maximum|exceeded)\b"),
    (
        RefusalKind.DOMAIN_TAKEN,
        r"\b(domain|dns entry)\b.{0,300}\b(already|owned|in use|taken)\b",
    ),
    (
        RefusalKind.PERMANENT,
        r"\b(package|plan)\b.{0,120}\b(not|invalid)\b|\b(invalid|not a valid) (package|plan|domain)\b",
    ),
)

_lock = Lock()
_clients: dict[ServerAccess, WhmClient] = {}


class WhmPanel:
    def __init__(self, whm: WhmClient) -> None:
        self._whm = whm

    def version(self) -> str:
        return self._whm.version()

    def licence(self) -> Licence:
        return Licence(
            limit=self._whm.get_maximum_users(), used=self._whm.get_current_users_count()
        )

    def account(self, username: str) -> PanelAccount | None:
        found = self._whm.accountsummary(username)
        if found is None:
            return None
        return _account(found)

    def list_accounts(self) -> list[PanelAccount]:
        return [_account(found) for found in self._whm.listaccts()]

    def suspend(self, username: str, *, reason: str) -> None:
        with _reading_refusals():
            self._whm.suspendacct(username, reason=reason)

    def resume(self, username: str) -> None:
        with _reading_refusals():
            self._whm.unsuspendacct(username)

    def change_package(self, username: str, *, package: str) -> None:
        with _reading_refusals():
            self._whm.changepackage(username, pkg=package)

    def remove(self, username: str) -> None:
        with _reading_refusals():
            self._whm.removeacct(username)

    def quota_of(self, package: str) -> int | None:
        found = self._whm.getpkginfo(package)
        if found is None:
            raise PanelRefusal(f"no package {package}", RefusalKind.PERMANENT)
        return found.quota

    def list_packages(self) -> list[str]:
        return self._whm.listpkgs()

    def create_account(self, account: NewAccount) -> None:
        with _reading_refusals():
            self._whm.createacct(
                username=account.username,
                domain=account.domain,
                plan=account.package,
                password=account.password,
                contactemail=account.contact_email,
            )

    def start_autossl(self, username: str) -> str:
        return str(self._whm.start_autossl_check_for_one_user(username))


@contextmanager
def _reading_refusals() -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        raise PanelRefusal(str(refusal), kind_of(str(refusal))) from refusal


def _account(found: Account) -> PanelAccount:
    return PanelAccount(
        found.user,
        found.domain,
        found.suspended,
        found.disk_limit,
        found.disk_used,
        found.plan,
    )


def client_for(access: ServerAccess) -> WhmClient:
    """One client per server and token, so that connections are used again."""
    with _lock:
        client = _clients.get(access)
        if client is None:
            client = _clients[access] = _connect(access)
        return client


def hang_up() -> None:
    """Close every connection. The next call opens what it needs."""
    with _lock:
        while _clients:
            _clients.popitem()[1].close()


def _connect(access: ServerAccess) -> WhmClient:
    if access.is_guarded:
        return guarded_client(
            base_url=access.base_url,
            username=access.username,
            token=access.token,
            ca_pem=access.ca_pem,
            policy=way_to(base_url=access.base_url),
        )
    return WhmClient(
        base_url=access.base_url,
        username=access.username,
        token=access.token,
        ca_pem=access.ca_pem,
        timeout=settings.OUTSIDE_TIMEOUT,
    )


def of_access(access: ServerAccess) -> WhmPanel:
    return WhmPanel(client_for(access))


def kind_of(reason: str) -> RefusalKind:
    """WHM refuses in sentences. What is named first is what the sentence is about."""
    if ALREADY_SO.search(reason):
        return RefusalKind.ALREADY_SO
    found = [
        (match.start(), kind)
        for kind, pattern in REASONS
        if (match := re.search(pattern, reason, re.IGNORECASE | re.DOTALL))
    ]
    return min(found, default=(0, RefusalKind.OTHER))[1]
