"""Whoever changes something says which version of it they read."""

from hashlib import sha256

from django.http import HttpRequest

from alicerce.kernel.rest.answers import Row, render
from alicerce.kernel.rest.problems import PreconditionFailed, PreconditionRequired

SHOWN_ONCE = "secret"


def etag_of(row: Row) -> str:
    """The same when it is read again, without what only the first answer showed."""
    told = {name: value for name, value in row.items() if name != SHOWN_ONCE}
    return f'"{sha256(render(told)).hexdigest()[:32]}"'


def is_known(tag: str, listed: str) -> bool:
    """Whether an If-None-Match names it. Weakly: a proxy that compresses puts `W/` before the tag."""
    tags = {one.strip().removeprefix("W/") for one in listed.split(",")}
    return tag in tags or "*" in tags


def require_match(request: HttpRequest, current: Row) -> None:
    """Raises PreconditionRequired, PreconditionFailed. Call it while the row is locked.

    Our own tag is taken back with `W/` too: a proxy that compresses put it there, and the row is the same.
    """
    given = request.headers.get("If-Match", "")
    if not given.strip():
        raise PreconditionRequired
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    if "*" not in tags and etag_of(current) not in tags:
        raise PreconditionFailed
