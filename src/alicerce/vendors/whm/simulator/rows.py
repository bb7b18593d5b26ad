"""The rows WHM shows: accounts, creations, packages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

UNLIMITED = ("BWLIMIT", "QUOTA", "MAXFTP", "MAXSQL", "MAXPOP", "MAXSUB", "MAXLST")

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
        "disklimit": "unlimited",
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


def package(name: str) -> Json:
    return {
        "name": name,
        **dict.fromkeys(UNLIMITED, "unlimited"),
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
