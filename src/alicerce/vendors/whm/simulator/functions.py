"""The functions of WHM API 1 that are answered, by name."""

import re
import secrets
from collections.abc import Callable

from alicerce.vendors.whm.simulator import names, rows, zone_file
from alicerce.vendors.whm.simulator.answers import No, Params, Yes
from alicerce.vendors.whm.simulator.machine import Machine, Wanted

VERSION = "11.138.0.10"
SERVICES = ("cpaneld", "whostmgrd", "webmaild")
PORTS = {"cpaneld": 2083, "whostmgrd": 2087, "webmaild": 2096}
SESSION_SECONDS = 900
SEARCHABLE = {"domain", "owner", "user", "ip", "package"}

Function = Callable[[Machine, Params], Yes]


def version(machine: Machine, params: Params) -> Yes:
    return Yes({"version": VERSION})


def applist(machine: Machine, params: Params) -> Yes:
    return Yes({"app": sorted(FUNCTIONS)})


def createacct(machine: Machine, params: Params) -> Yes:
    wanted = Wanted(
        username=params.need("username"),
        domain=params.need("domain"),
        plan=params.get("plan"),
        password=params.get("password") or params.get("pass"),
        email=params.get("contactemail"),
        owner=params.get("owner", "root"),
    )
    account = machine.create(wanted)
    shown = wanted.password if params.get("showpass", "y") == "y" else "HIDDEN"
    raw = f"WWWAcct 12.6.0\nUserName: {account['user']}\nPassWord: {shown}\nwwwacct complete\n"
    return Yes(rows.created(account, machine.nameservers), "Account Creation Ok", raw)


def accountsummary(machine: Machine, params: Params) -> Yes:
    domain = params.get("domain")
    if domain:
        found = [one for one in machine.accounts() if one["domain"] == domain]
        if not found:
            raise No("Account does not exist.")
        return Yes({"acct": found})
    return Yes({"acct": [machine.account(params.need("user"))]})


def listaccts(machine: Machine, params: Params) -> Yes:
    kind, search = params.get("searchtype", "user"), params.get("search")
    if kind not in SEARCHABLE:
        raise No(f"“{kind}” is not a valid search type.")
    exact = params.get("searchmethod") == "exact"
    pattern = _pattern(rf"\A{re.escape(search)}\Z" if exact else search)
    column = "plan" if kind == "package" else kind
    return Yes({"acct": [one for one in machine.accounts() if pattern.search(one[column])]})


def get_domain_info(machine: Machine, params: Params) -> Yes:
    found = machine.domains()
    if params.get("api.filter.enable") == "1":
        column, wanted = params.need("api.filter.a.field"), params.need("api.filter.a.arg0")
        if params.get("api.filter.a.type", "eq") != "eq":
            raise No("This filter type is not simulated.")
        found = [row for row in found if str(row.get(column)) == wanted]
    return Yes({"domains": found})


def get_maximum_users(machine: Machine, params: Params) -> Yes:
    return Yes({"users": machine.max_accounts})


def get_current_users_count(machine: Machine, params: Params) -> Yes:
    return Yes({"users": machine.count()})


def verify_new_username(machine: Machine, params: Params) -> Yes:
    machine.refuse_taken_name(names.username(params.need("user")))
    return Yes()


def listpkgs(machine: Machine, params: Params) -> Yes:
    return Yes({"pkg": [rows.package(name, machine.quota(name)) for name in machine.packages]})


def getpkginfo(machine: Machine, params: Params) -> Yes:
    name = params.need("pkg")
    return Yes({"pkg": rows.package(name, machine.quota(name))})


def editpkg(machine: Machine, params: Params) -> Yes:
    name, quota = params.need("name"), params.need("quota")
    if quota != rows.NO_LIMIT and not quota.isdigit():
        raise No(f"“{quota}” is not a valid quota.")
    machine.limit_package(name, quota)
    return Yes({"pkg": name})


def changepackage(machine: Machine, params: Params) -> Yes:
    machine.change_package(params.need("user"), params.need("pkg"))
    return Yes(raw="Changing Package\n")


def adddns(machine: Machine, params: Params) -> Yes:
    machine.add_zone(params.need("domain"), ip=params.need("ip"))
    return Yes()


def parse_dns_zone(machine: Machine, params: Params) -> Yes:
    return Yes({"payload": zone_file.payload(machine.zone(params.need("zone")))})


def mass_edit_dns_zone(machine: Machine, params: Params) -> Yes:
    name = params.need("zone")
    edited = zone_file.edited(machine.zone(name), params, name=name, at=machine.clock())
    machine.save_zone(name, edited)
    return Yes({"new_serial": edited["serial"]})


def start_autossl_check_for_one_user(machine: Machine, params: Params) -> Yes:
    return Yes({"pid": machine.start_autossl(params.need("username"))})


def fetch_vhost_ssl_components(machine: Machine, params: Params) -> Yes:
    return Yes({"components": machine.certificates()})


def create_user_session(machine: Machine, params: Params) -> Yes:
    user, service = params.need("user"), params.need("service")
    if service not in SERVICES:
        raise No(f"“{service}” is not a valid service.")
    machine.account(user)
    door, session = f"/cpsess{secrets.randbelow(10**10):010d}", secrets.token_urlsafe(24)
    home = f"https://{machine.hostname}:{PORTS[service]}{door}"
    return Yes(
        {
            "url": f"{home}/login/?session={user}%3a{session}",
            "session": f"{user}:{session}",
            "cp_security_token": door,
            "service": service,
            "expires": int(machine.clock().timestamp()) + SESSION_SECONDS,
        }
    )


def suspendacct(machine: Machine, params: Params) -> Yes:
    params.flag("leave-ftp-accts-enabled")
    machine.suspend(
        params.need("user"), reason=params.get("reason"), locked=params.flag("disallowun")
    )
    return Yes(raw="Suspending account\n")


def unsuspendacct(machine: Machine, params: Params) -> Yes:
    machine.unsuspend(params.need("user"))
    return Yes()


def listsuspended(machine: Machine, params: Params) -> Yes:
    return Yes({"account": [rows.suspension(a) for a in machine.accounts() if a["suspended"]]})


def passwd(machine: Machine, params: Params) -> Yes:
    machine.account(params.need("user"))
    names.password(params.need("password"))
    return Yes({"app": ["system", "ftp", "mail", "mysql"]}, "Password changed")


def removeacct(machine: Machine, params: Params) -> Yes:
    machine.remove(params.get("username") or params.need("user"))
    return Yes(raw="Account removed\n")


FUNCTIONS: dict[str, Function] = {
    function.__name__: function
    for function in (
        version,
        applist,
        createacct,
        accountsummary,
        listaccts,
        get_domain_info,
        get_maximum_users,
        get_current_users_count,
        verify_new_username,
        listpkgs,
        getpkginfo,
        editpkg,
        adddns,
        parse_dns_zone,
        mass_edit_dns_zone,
        start_autossl_check_for_one_user,
        fetch_vhost_ssl_components,
        create_user_session,
        suspendacct,
        unsuspendacct,
        listsuspended,
        changepackage,
        passwd,
        removeacct,
    )
}


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error:
        raise No("The search is not a valid regular expression.") from None
