"""The rows WHM shows: accounts, creations, packages."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

NO_LIMIT = "unlimited"
UNLIMITED = ("BWLIMIT", "MAXFTP", "MAXSQL", "MAXPOP", "MAXSUB", "MAXLST")

Json = dict[str, Any]


def new_account(
    name: str,
    *,
    domain: str,
    plan: str,
    owner: str,
    email: str,
    ip: str,
    uid: int,
    at: datetime,
    quota: str = NO_LIMIT,
) -> Json:
    return {
        "user": name,
        "domain": domain,
        "plan": plan or "default",
        "owner": owner,
        "email": email or "*unknown*",
        "ip": ip,
        "suspended": 0,
        "suspendreason": "not suspended",
        "suspendtime": 0,
        "is_locked": 0,
        "diskused": "0M",
        "disklimit": disk_limit(quota),
        "inodesused": 1,
        "inodeslimit": "unlimited",
        "partition": "home",
        "shell": "/usr/local/cpanel/bin/noshell",
        "startdate": f"{at:%d %b %y %H:%M}",
        "unix_startdate": int(at.timestamp()),
        "theme": "jupiter",
        "uid": str(uid),
        "maxaddons": "*unknown*",
        "backup": 0,
        "temporary": 0,
    }


def domain(account: Json, name: str, kind: str) -> Json:
    home = f"/home/{account['user']}/public_html"
    return {
        "domain": name,
        "domain_type": kind,
        "parent_domain": account["domain"],
        "user": account["user"],
        "user_owner": account["owner"],
        "docroot": home if kind in {"main", "parked"} else f"{home}/{name}",
        "ipv4": account["ip"],
        "port": "80",
        "port_ssl": "443",
    }


def created(account: Json, nameservers: Sequence[str]) -> Json:
    given = [*nameservers, "", "", "", ""][:4]
    return {
        "ip": account["ip"],
        "nameserver": given[0],
        "nameserver2": given[1],
        "nameserver3": given[2],
        "nameserver4": given[3],
        "nameservera": None,
        "nameservera2": None,
        "nameserverentry": None,
        "package": account["plan"],
    }


def suspension(account: Json) -> Json:
    at = datetime.fromtimestamp(account["suspendtime"], UTC)
    return {
        "user": account["user"],
        "owner": account["owner"],
        "reason": account["suspendreason"],
        "time": f"{at:%a %b %d %H:%M:%S %Y}",
        "unixtime": account["suspendtime"],
        "is_locked": account["is_locked"],
    }


def disk_limit(quota: str) -> str:
    """A package says a bare number of megabytes, an account says it with its unit."""
    return quota if quota == NO_LIMIT else f"{quota}M"


def package(name: str, quota: str) -> Json:
    return {
        "name": name,
        "QUOTA": quota,
        **dict.fromkeys(UNLIMITED, NO_LIMIT),
        "MAXPARK": "0",
        "MAXADDON": "0",
        "FEATURELIST": "default",
        "CPMOD": "jupiter",
        "HASSHELL": "n",
        "CGI": "y",
        "IP": "n",
        "LANG": "en",
        "MAX_EMAIL_PER_HOUR": "unlimited",
    }
