"""Deny by default, checked before anything is served: a route that says nothing does not start."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, get_resolver

from alicerce.kernel.access import needs_of
from alicerce.kernel.permissions import declared

TAG = "routes"


def check_routes(app_configs: Any = None, **options: Any) -> Sequence[CheckMessage]:
    """Every route declares who may enter, in keys that some app declares."""
    return [trouble for view in _views(get_resolver().url_patterns) for trouble in faults(view)]


def faults(view: Any) -> Iterator[CheckMessage]:
    name = f"{view.__module__}.{getattr(view, '__qualname__', view)}"
    if not hasattr(view, "permission"):
        yield Error(f"{name} declares no permission", id="alicerce.E001")
    for key in sorted(needs_of(view) - declared().keys()):
        yield Error(f"{name} asks for {key}, which no app declares", id="alicerce.E002")


def _views(patterns: Sequence[Any]) -> Iterator[Any]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.callback
        else:
            yield from _views(pattern.url_patterns)
