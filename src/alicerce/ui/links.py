"""What a page's own address says, and the address of the same page saying something else."""

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
