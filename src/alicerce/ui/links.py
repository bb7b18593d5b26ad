"""What a page's own address says, and the address of the same page saying something else."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest


def here(request: HttpRequest, **changes: str) -> str:
    """This page with other parameters; an empty one is left out."""
    said = request.GET.copy()
    for name, value in changes.items():
        said.pop(name, None)
        if value:
            said[name] = value
    return f"{request.path}?{said.urlencode()}" if said else request.path


def said_id(request: HttpRequest, name: str) -> UUID | None:
    """The id that a parameter carries; None when it carries none."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def said_day(request: HttpRequest, name: str) -> date | None:
    """The day that a parameter names; None when it names none."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def said_words(request: HttpRequest, name: str, *, longest: int = 120) -> str:
    """What somebody typed, without the space around it."""
    return request.GET.get(name, "").strip()[:longest]
