"""A hosting server: its accounts, packages and zones, and the rules that keep them apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alicerce.kernel.clock import now
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.whm.simulator import names, rows, zone_file
from alicerce.vendors.whm.simulator.answers import No
from alicerce.vendors.whm.simulator.rows import Json, new_account

ACCOUNT, DOMAIN, ADDED, PREFIX, HALF_MADE, ZONE, AUTOSSL, QUOTA = (
    "account",
    "domain",
    "added",
    "prefix",
    "half_made",
    "zone",
    "autossl",
    "quota",
)
TOLD_APART_BY = 8
FIRST_UID = 1001
FIRST_PID = 20_000
AUTOSSL_TAKES = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account that somebody asks for."""

    username: str
    domain: str
    plan: str
    password: str
    email: str = ""
    owner: str = "root"


class Machine:
    """Raises No, with the reason WHM would give."""

    def __init__(
        self,
        store: Store,
        *,
        hostname: str,
        ip: str,
        nameservers: Sequence[str],
        packages: Sequence[str],
        max_accounts: int,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.store = store
        self.hostname, self.ip, self.nameservers = hostname, ip, tuple(nameservers)
        self.packages, self.max_accounts = tuple(packages), max_accounts
        self.clock = clock

    def create(self, wanted: Wanted) -> Json:
        name, domain = names.username(wanted.username), names.domain(wanted.domain)
        names.password(wanted.password)
        self._refuse_unknown_plan(wanted.plan)
        self.refuse_taken_name(name)
        self._refuse_taken_domain(domain)
        if 0 < self.max_accounts <= self.count():
            raise No(f"Your license permits only {self.max_accounts} accounts on this server.")
        return self._settle(name, domain, wanted)

    def account(self, name: str) -> Json:
        account: Json | None = self.store.get(ACCOUNT, name)
        if account is None:
            raise No("Account does not exist.")
        return account

    def accounts(self) -> list[Json]:
        return list(self.store.all(ACCOUNT).values())

    def domains(self) -> list[Json]:
        """Each account's own, then those added to it."""
        return [
            rows.domain(account, name, kind)
            for account in self.accounts()
            for name, kind in [
                (account["domain"], "main"),
                *(self.store.get(ADDED, account["user"]) or {}).items(),
            ]
        ]

    def add_domain(self, name: str, domain: str, *, kind: str = "addon") -> None:
        """As its owner does in cPanel."""
        self.account(name)
        wanted = names.domain(domain)
        self._refuse_taken_domain(wanted)
        added = self.store.get(ADDED, name) or {}
        self.store.put(ADDED, name, added | {wanted: kind})
        self.store.put(DOMAIN, wanted, name)

    def fill(self, name: str, *, megabytes: int, limit: str = "unlimited") -> None:
        """As its owner does by uploading, and the server by a quota."""
        account = self.account(name)
        self._save(account | {"diskused": f"{megabytes}M", "disklimit": limit})

    def count(self) -> int:
        return self.store.count(ACCOUNT)

    def refuse_taken_name(self, name: str) -> None:
        if self.store.get(ACCOUNT, name) or self.store.get(HALF_MADE, name):
            raise No(f"Sorry, the username “{name}” is already in use on this system.")
        other = self.store.get(PREFIX, name[:TOLD_APART_BY])
        if other:
            raise No(
                "The name of another account on this server has the same initial"
                f" {TOLD_APART_BY} characters (“{other[:TOLD_APART_BY]}”) as “{name}”."
            )

    def leave_half_made(self, name: str) -> None:
        """The UNIX user is there and the account is not: what a creation that broke leaves."""
        self.store.put(HALF_MADE, name, self.clock().isoformat())

    def suspend(self, name: str, *, reason: str, locked: bool = False) -> None:
        account = self.account(name)
        if account["suspended"]:
            raise No(f"The account “{name}” is already suspended.")
        how = {"suspendreason": reason or "Unknown", "is_locked": int(locked)}
        at = int(self.clock().timestamp())
        self._save(account | {"suspended": 1, "suspendtime": at} | how)

    def unsuspend(self, name: str) -> None:
        account = self.account(name)
        if not account["suspended"]:
            raise No(f"The account “{name}” is not suspended.")
        free = {"suspended": 0, "suspendreason": "not suspended", "suspendtime": 0}
        self._save(account | free | {"is_locked": 0})

    def quota(self, package: str) -> str:
        """In megabytes, as packages say it."""
        self._refuse_unknown_plan(package)
        return str(self.store.get(QUOTA, package) or rows.NO_LIMIT)

    def limit_package(self, package: str, quota: str) -> None:
        """As an administrator edits it: the accounts that have it follow."""
        self._refuse_unknown_plan(package)
        self.store.put(QUOTA, package, quota)
        for account in self.accounts():
            if account["plan"] == package:
                self._save(account | {"disklimit": rows.disk_limit(quota)})

    def change_package(self, name: str, package: str) -> None:
        """Whether what is used still fits is not asked: neither does WHM."""
        account, limit = self.account(name), rows.disk_limit(self.quota(package))
        self._save(account | {"plan": package, "disklimit": limit})

    def remove(self, name: str) -> None:
        account = self.account(name)
        domain = account["domain"]
        for added in self.store.get(ADDED, name) or {}:
            self.store.delete(DOMAIN, added)
        for kind, key in (
            (ACCOUNT, name),
            (ADDED, name),
            (DOMAIN, domain),
            (PREFIX, name[:TOLD_APART_BY]),
            (ZONE, domain),
            (AUTOSSL, name),
        ):
            self.store.delete(kind, key)

    def add_zone(self, domain: str, *, ip: str) -> None:
        name = names.domain(domain)
        if self.store.get(ZONE, name):
            raise No(f"The DNS zone “{name}” already exists.")
        zone = zone_file.new_zone(name, ip=ip, nameservers=self.nameservers, at=self.clock())
        self.store.put(ZONE, name, zone)

    def zone(self, name: str) -> Json:
        zone: Json | None = self.store.get(ZONE, name)
        if zone is None:
            raise No(f"The DNS zone “{name}” does not exist.")
        return zone

    def save_zone(self, name: str, zone: Json) -> None:
        self.store.put(ZONE, name, zone)

    def start_autossl(self, name: str) -> int:
        self.account(name)
        pid = FIRST_PID + self._next("pid")
        self.store.put(AUTOSSL, name, {"pid": pid, "at": self.clock().isoformat()})
        return pid

    def certificates(self) -> list[Json]:
        """One for each account whose check has had time to end."""
        ended = self.clock() - AUTOSSL_TAKES
        return [
            {"user": user, "servername": account["domain"], "issuer": "AutoSSL"}
            for user, check in self.store.all(AUTOSSL).items()
            if datetime.fromisoformat(check["at"]) <= ended
            and (account := self.store.get(ACCOUNT, user))
        ]

    def _settle(self, name: str, domain: str, wanted: Wanted) -> Json:
        if not self.store.get(ZONE, domain):
            self.add_zone(domain, ip=self.ip)
        account = new_account(
            name,
            domain=domain,
            plan=wanted.plan,
            owner=wanted.owner,
            email=wanted.email,
            ip=self.ip,
            uid=FIRST_UID + self._next("uid"),
            at=self.clock(),
            quota=self.quota(wanted.plan) if wanted.plan else rows.NO_LIMIT,
        )
        self.store.put(DOMAIN, domain, name)
        self.store.put(PREFIX, name[:TOLD_APART_BY], name)
        return self._save(account)

    def _save(self, account: Json) -> Json:
        self.store.put(ACCOUNT, account["user"], account)
        return account

    def _next(self, counter: str) -> int:
        number = (self.store.get("counter", counter) or 0) + 1
        self.store.put("counter", counter, number)
        return int(number)

    def _refuse_unknown_plan(self, plan: str) -> None:
        if plan and plan not in self.packages:
            raise No(f"The package “{plan}” does not exist.")

    def _refuse_taken_domain(self, domain: str) -> None:
        if self.store.get(DOMAIN, domain):
            raise No(f"Sorry, the domain “{domain}” already exists on this server.")
