"""Where operations are declared: each says its permission and its words, or the program does not start."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from ninja import Router, Schema

from alicerce.kernel.access import declared_permission

View = Callable[..., Any]

DEEPEST = 2
ANY_KEY = "api:use"  # held by every key that opens at all


class Input(Schema):
    """A body. What we do not know is refused by name, never ignored."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}


class Endpoints(Router):
    """An app's operations. One that names no permission stops the program before it starts."""

    def add_api_operation(
        self, path: str, methods: list[str], view_func: View, **options: Any
    ) -> None:
        if declared_permission(view_func) is None:
            raise LookupError(f"{view_func} is open to all: an operation names a permission")
        super().add_api_operation(path, methods, _marking_its_begin(view_func), **options)


def _marking_its_begin(view: View) -> View:
    """What was refused before the operation began may be sent again, corrected, under its key."""

    @wraps(view)
    def begin(request: Any, *args: Any, **values: Any) -> Any:
        request.began = True
        return view(request, *args, **values)

    return begin


def refusing(*codes: tuple[int, str]) -> Callable[[View], View]:
    """Statuses and codes that this operation's use case may answer with."""

    def mark(view: View) -> View:
        view.refusals = codes  # type: ignore[attr-defined]
        return view

    return mark


def giving(media: str) -> Callable[[View], View]:
    """It answers with a file of this type instead of JSON."""

    def mark(view: View) -> View:
        view.gives = media  # type: ignore[attr-defined]
        return view

    return mark


def expanding(*paths: str) -> Callable[[View], View]:
    """Relations that may be filled in: `customer`, or `order.customer` at most."""
    assert all(len(path.split(".")) <= DEEPEST for path in paths), "two levels at most"

    def mark(view: View) -> View:
        view.expands = paths  # type: ignore[attr-defined]
        return view

    return mark
