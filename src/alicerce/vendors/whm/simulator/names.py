"""What WHM accepts as the name of an account and of a domain."""

import re

from alicerce.vendors.whm.simulator.answers import No

USERNAME = re.compile(r"[a-z][a-z0-9]{0,15}")
LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
DOMAIN = re.compile(rf"(?=.{{4,253}}$)({LABEL}\.)+(?!-)[a-z0-9-]{{2,63}}(?<!-)")
RESERVED = frozenset(
    {"root", "nobody", "cpanel", "mysql", "postgres", "virtfs", "mailman", "ftp"}
)
WEAKEST = 8


def username(asked: str) -> str:
    """The name as WHM would keep it. Raises No."""
    name = asked.lower()
    if not USERNAME.fullmatch(name) or name.startswith("test"):
        raise No(f"“{asked}” is not a valid username on this system.")
    if name in RESERVED:
        raise No(f"“{asked}” is a reserved username on this system.")
    return name


def domain(asked: str) -> str:
    name = asked.lower()
    if not DOMAIN.fullmatch(name):
        raise No(f"“{asked}” is not a valid domain name.")
    return name


def password(asked: str) -> str:
    if len(asked) < WEAKEST:
        raise No("The password that you chose is too weak.")
    return asked
