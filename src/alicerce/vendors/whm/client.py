"""WHM API 1, as spoken to one server."""

import json
import re
import ssl
from collections.abc import Mapping, Sequence
from typing import Any, Self, cast

import httpx

from alicerce.kernel.http import OutsideWorld, Refusal, Unknown
from alicerce.vendors.whm.outcomes import (
    BadCertificate,
    ZoneChanged,
    read_answer,
    trouble_of,
)
from alicerce.vendors.whm.records import (
    Account,
    CreatedAccount,
    HostedDomain,
    Package,
    UserSession,
    read_account,
    read_created,
    read_domain,
    read_package,
    read_session,
    rows,
    whole,
)
from alicerce.vendors.whm.wire import CreatedRow, SessionRow
from alicerce.vendors.whm.zones import NewRecord, Zone, read_zone, write_record

ABSENT = re.compile(r"does not exist|no such (user|account|zone)|não existe", re.IGNORECASE)
SERIAL_MISMATCH = re.compile(r"serial.*match|match.*serial", re.IGNORECASE)
CONNECT_SECONDS = 10
QUICK_SECONDS = 30


class WhmClient:
    """Raises Refusal, Unavailable or Unknown. After Unknown, ask accountsummary before repeating."""

    def __init__(
        self,
        *,
        base_url: str,
        username: str,
        token: str,
        ca_pem: str = "",
        timeout: float = 180,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._who = f"{username}@{base_url}"
        self._slow = httpx.Timeout(timeout, connect=min(CONNECT_SECONDS, timeout))
        self._http = OutsideWorld(
            base_url=base_url,
            verify=trusting(ca_pem),
            transport=transport,
            headers={"Authorization": f"whm {username}:{token.strip()}"},
            timeout=httpx.Timeout(
                min(QUICK_SECONDS, timeout), connect=min(CONNECT_SECONDS, timeout)
            ),
        )

    def version(self) -> str:
        return str(self._call("version").get("version", ""))

    def accountsummary(self, user: str) -> Account | None:
        """The account; None when the server surely has none of that name."""
        try:
            found = rows(self._call("accountsummary", {"user": user}), "acct")
        except Refusal as refusal:
            if ABSENT.search(str(refusal)):
                return None
            raise
        accounts = [read_account(row) for row in found]
        if any(account.user != user for account in accounts):
            raise Unknown("WHM: another account than the one asked for")
        return accounts[0] if accounts else None

    def createacct(
        self, *, username: str, domain: str, plan: str, password: str, contactemail: str
    ) -> CreatedAccount:
        """Ask once. It may take a minute, and may be done although nobody answers."""
        wanted = {
            "username": username,
            "domain": domain,
            "plan": plan,
            "password": password,
            "contactemail": contactemail,
            "showpass": "n",
        }
        said = self._call("createacct", wanted, slow=True)
        return read_created(cast(CreatedRow, said))

    def listaccts(self) -> list[Account]:
        return [read_account(row) for row in rows(self._call("listaccts"), "acct")]

    def get_domain_info(self, user: str) -> list[HostedDomain]:
        """Every domain of this account: its own, and those added to it."""
        only = {
            "api.filter.enable": "1",
            "api.filter.a.field": "user",
            "api.filter.a.type": "eq",
            "api.filter.a.arg0": user,
        }
        found = rows(self._call("get_domain_info", only), "domains")
        return [read_domain(row) for row in found if row.get("user") == user]

    def get_maximum_users(self) -> int:
        """How many accounts the licence allows; 0 is no limit."""
        return whole(self._call("get_maximum_users").get("users"))

    def get_current_users_count(self) -> int:
        return whole(self._call("get_current_users_count").get("users"))

    def verify_new_username(self, user: str) -> None:
        """Nothing when the name is free. Raises Refusal with what is wrong with it."""
        self._call("verify_new_username", {"user": user})

    def listpkgs(self) -> list[str]:
        """The names of the packages that accounts may be created with."""
        found = rows(self._call("listpkgs", {"want": "creatable"}), "pkg")
        return [str(row["name"]) for row in found if row.get("name")]

    def adddns(self, *, domain: str, ip: str) -> None:
        self._call("adddns", {"domain": domain, "ip": ip})

    def parse_dns_zone(self, zone: str) -> Zone | None:
        """The zone; None when the server has none of that name."""
        try:
            found = rows(self._call("parse_dns_zone", {"zone": zone}), "payload")
        except Refusal as refusal:
            if ABSENT.search(str(refusal)):
                return None
            raise
        return read_zone(found, name=zone)

    def mass_edit_dns_zone(
        self,
        zone: str,
        *,
        serial: str,
        add: Sequence[NewRecord] = (),
        edit: Mapping[int, NewRecord] | None = None,
        remove: Sequence[int] = (),
    ) -> str:
        """Change the lines of the zone that still has this serial. Returns its new serial."""
        changes = {"zone": zone, "serial": serial}
        for number, record in enumerate(add):
            changes[f"add-{number}"] = json.dumps(write_record(record))
        for number, (line, record) in enumerate((edit or {}).items()):
            changes[f"edit-{number}"] = json.dumps(write_record(record, line=line))
        changes |= {f"remove-{number}": str(line) for number, line in enumerate(remove)}
        try:
            said = self._call("mass_edit_dns_zone", changes)
        except Refusal as refusal:
            if SERIAL_MISMATCH.search(str(refusal)):
                raise ZoneChanged(str(refusal)) from refusal
            raise
        return str(said.get("new_serial", ""))

    def start_autossl_check_for_one_user(self, user: str) -> int:
        """The number of the process that was started. That it started is all it says."""
        said = self._call("start_autossl_check_for_one_user", {"username": user})
        return whole(said.get("pid"))

    def create_user_session(self, user: str, *, service: str = "cpaneld") -> UserSession:
        said = self._call("create_user_session", {"user": user, "service": service})
        return read_session(cast(SessionRow, said))

    def suspendacct(self, user: str, *, reason: str) -> None:
        """The whole account: WHM has no call for the web alone. A second time is refused."""
        self._call("suspendacct", {"user": user, "reason": reason}, slow=True)

    def unsuspendacct(self, user: str) -> None:
        self._call("unsuspendacct", {"user": user}, slow=True)

    def changepackage(self, user: str, *, pkg: str) -> None:
        """WHM does not look at what the account uses: a smaller quota leaves it over its limit."""
        self._call("changepackage", {"user": user, "pkg": pkg}, slow=True)

    def getpkginfo(self, pkg: str) -> Package | None:
        """The package; None when the server surely has none of that name."""
        try:
            said = self._call("getpkginfo", {"pkg": pkg})
        except Refusal as refusal:
            if ABSENT.search(str(refusal)):
                return None
            raise
        return read_package(said.get("pkg"), name=pkg)

    def passwd(self, user: str, *, password: str) -> None:
        self._call("passwd", {"user": user, "password": password})

    def removeacct(self, user: str) -> None:
        """Irreversible: home, databases, mail and zone are gone."""
        self._call("removeacct", {"username": user}, slow=True)

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<WhmClient {self._who}>"

    def _call(
        self, function: str, params: Mapping[str, str] | None = None, *, slow: bool = False
    ) -> dict[str, Any]:
        options: dict[str, Any] = {"timeout": self._slow} if slow else {}
        form = {"api.version": "1", **(params or {})}
        try:
            response = self._http.post(f"json-api/{function}", data=form, **options)
        except httpx.RequestError as error:
            raise trouble_of(error) from error
        return read_answer(response)["data"]


def trusting(ca_pem: str) -> ssl.SSLContext:
    """Only the pinned certificate or authority, when there is one; never nobody."""
    try:
        context = ssl.create_default_context(cadata=ca_pem or None)
    except (ssl.SSLError, TypeError, ValueError) as error:
        raise BadCertificate("The pinned certificate is not a PEM") from error
    if ca_pem:
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context
