"""Which addresses an app may be answered at, and where it acts. Pure functions."""

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from alicerce.apps.developers.types import Mode

LONGEST = 2000
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})+")
VISIBLE = re.compile(r"[!-~]+")
LITERALS = frozenset({"127.0.0.1", "::1"})
LOOPBACK = re.compile(r"(127\.0\.0\.1|\[::1\]|localhost)(:[1-9]\d{0,4})?")
"""The whole of it: a reader who stops at the bracket takes `[::1].evil.example` for our own machine."""
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def is_redirect_uri(text: str) -> bool:
    """Https on a public name or, for programs on a person's own machine, http on its loopback."""
    parts = _parts(text)
    if parts is None or "#" in text or "*" in text:
        return False
    if parts.scheme == "http":
        return bool(LOOPBACK.fullmatch(parts.netloc))
    return parts.scheme == "https" and _is_named(parts)


def is_website(text: str) -> bool:
    parts = _parts(text)
    return parts is not None and parts.scheme == "https" and _is_named(parts)


def host_of(url: str) -> str:
    """What a person is shown of an address: nothing of it can be made to look like another."""
    return urlsplit(url).netloc


def origin_of(uri: str) -> str:
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}"


def leads_to(registered: str, given: str) -> bool:
    """Letter by letter. On a loopback address the port alone is free: the system hands it out."""
    if not is_redirect_uri(given):
        return False
    if registered == given:
        return True
    known, said = _parts(registered), _parts(given)
    if known is None or said is None:
        return False
    if known.scheme != "http" or known.hostname not in LITERALS:
        return False
    return _without_port(known) == _without_port(said)


def is_challenge(text: str) -> bool:
    """A SHA-256 in base64url."""
    return bool(CHALLENGE.fullmatch(text))


def is_verifier(text: str) -> bool:
    return bool(VERIFIER.fullmatch(text))


def _parts(text: str) -> SplitResult | None:
    if len(text) > LONGEST or not VISIBLE.fullmatch(text) or "\\" in text:
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.hostname and "@" not in parts.netloc else None


def _is_named(parts: SplitResult) -> bool:
    """Lower case, as browsers write it; an international name in its ASCII form."""
    name = parts.hostname or ""
    return bool(HOST.fullmatch(name)) and parts.netloc.partition(":")[0] == name


def _without_port(parts: SplitResult) -> tuple[str, str | None, str, str]:
    return parts.scheme, parts.hostname, parts.path, parts.query


def mode_asked(body: Iterable[tuple[str, str]] | None) -> Mode:
    """Where an app that acts for itself wants to; live unless it says so."""
    return Mode(dict(body or ()).get("mode", Mode.LIVE))
