"""Where an address is, as far as lists on this machine know: nobody outside is asked.

The city comes from the file that `ALICERCE_PLACES_FILE` names, where there is one. The country of
every block is the five registries' own list; it comes with the library `iptocc` and is as old as
the release in `requirements/`.
"""

import logging
from collections.abc import Iterator, Mapping
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from typing import Any

import maxminddb
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from iptocc import country_code

from alicerce.ui.formats import locale

log = logging.getLogger(__name__)

LOCAL = tuple(
    ip_network(block)
    for block in (
        "10.0.0.0/8",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)


def place_of(address: str) -> str:
    """City, state and country in the reader's words; what is no address has none."""
    try:
        known = _plain(address)
    except ValueError:
        return ""
    if any(known in block for block in LOCAL):
        return _("rede local")
    return _in_words(_record(known), country_code(str(known))) or _("lugar desconhecido")


def _plain(address: str) -> IPv4Address | IPv6Address:
    """Without a scope, and an IPv4 address as one also where IPv6 carries it."""
    known = ip_address(address.strip().partition("%")[0])
    inner = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return inner or known


def _record(known: IPv4Address | IPv6Address) -> Mapping[str, Any]:
    """What the file says of an address. Where the file is broken, it says nothing."""
    places = _places(settings.PLACES_FILE)
    try:
        record = places.get(known) if places else None
    except (ValueError, maxminddb.InvalidDatabaseError):
        return {}
    return record if isinstance(record, dict) else {}


@cache
def _places(path: Path | None) -> maxminddb.Reader | None:
    """Mapped into memory, so that its hundred megabytes are shared by all processes."""
    try:
        return maxminddb.open_database(path, maxminddb.MODE_MMAP) if path else None
    except (OSError, maxminddb.InvalidDatabaseError):
        log.warning(
            "ALICERCE_PLACES_FILE is no list of places: sessions say their country alone"
        )
        return None


def _in_words(record: Mapping[str, Any], registered: str | None) -> str:
    parts = [
        _name(record.get("city")),
        _name(_first(record.get("subdivisions"))),
        _country(record.get("country"), registered),
    ]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _first(told: Any) -> Any:
    return told[0] if isinstance(told, list) and told else None


def _country(told: Any, registered: str | None) -> str:
    """Where the file says nothing that is a code, where the address is registered."""
    code = told.get("iso_code") if isinstance(told, dict) else None
    known = code if isinstance(code, str) and code else registered
    return str(locale().territories.get(known or "", ""))


def _name(told: Any) -> str:
    """In the reader's language; few lists have every city in all of them."""
    names = told.get("names") if isinstance(told, dict) else None
    if not isinstance(names, dict):
        return ""
    return next((str(names[key]) for key in _languages() if key in names), "")


def _languages() -> Iterator[str]:
    yield "pt-BR" if get_language() == "pt-br" else "en"
    yield from ("en", "pt-BR")
