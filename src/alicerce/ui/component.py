"""A component is a frozen dataclass: its fields are what its template may see."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from typing import ClassVar, Protocol, TypeAlias

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

Words: TypeAlias = str | Promise


class Html(Protocol):
    """What renders itself: a component, a field of a Django form."""

    def __html__(self) -> str: ...


_ambient: ContextVar[Mapping[str, object]] = ContextVar("ui_ambient")


@dataclass(frozen=True)
class Component:
    template: ClassVar[str]

    def __html__(self) -> SafeString:
        context = {field.name: getattr(self, field.name) for field in fields(self)}
        return render_to_string(self.template, {**_ambient.get({}), **context, "self": self})

    __str__ = __html__


Content: TypeAlias = Html | Words


@contextmanager
def ambient(facts: Mapping[str, object]) -> Iterator[None]:
    """Facts of the request (the CSRF token) that any template inside may print."""
    token = _ambient.set(facts)
    try:
        yield
    finally:
        _ambient.reset(token)
