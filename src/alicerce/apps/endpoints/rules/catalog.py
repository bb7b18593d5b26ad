"""The events that are offered, read from the classes that say them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, get_args, get_origin
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime

from alicerce.kernel.events import Event, kinds

EVERYTHING = "*"
LONGEST_BODY = 20_000
ENVELOPE = {"id", "tenant_id", "at"}
EXAMPLE_ID = UUID("01990000-0000-7000-8000-000000000001")
EXAMPLE_AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
EXAMPLES: dict[str, Any] = {
    "currency": "BRL",
    "domain": "padaria.com.br",
    "method": "pix",
    "mode": "live",
    "number": 42,
    "scopes": ("billing:read", "customers:read"),
    "slug": "padaria",
}
EXAMPLE_CENTS = 2990
OTHERS = {"endpoint.test": _("Um evento de teste.")}


@dataclass(frozen=True, slots=True)
class OfferedEvent:
    type: str
    version: int
    description: str
    example: dict[str, Any]

    @property
    def family(self) -> str:
        return family_of(self.type)


@cache
def is_offered(kind: type[Event]) -> bool:
    return bool(kind.description) and not kind.is_internal


def offered() -> list[OfferedEvent]:
    """Every event one may ask for, by name. The description is in the reader's language."""
    found = sorted((kind for kind in kinds.values() if is_offered(kind)), key=lambda k: k.name)
    return [
        OfferedEvent(kind.name, kind.version, str(kind.description), example_of(kind))
        for kind in found
    ]


def words_of(name: str) -> str:
    """What an event tells, for people; an event that nothing says any more has no words left."""
    kind = kinds.get(name)
    return str(kind.description) if kind else str(OTHERS.get(name, ""))


def family_of(name: str) -> str:
    return f"{name.partition('.')[0]}.*"


def patterns_for(name: str) -> list[str]:
    """What an endpoint may have asked for to be told of this event."""
    return [EVERYTHING, family_of(name), name]


def is_known(pattern: str, names: Iterable[str]) -> bool:
    return any(pattern in patterns_for(name) for name in names)


def subject_of(event: Event) -> UUID:
    """The thing that the event is about: `invoice.paid` is about its invoice_id."""
    noun = event.name.partition(".")[0]
    for field in (f"{noun}_id", f"{noun.rpartition('_')[2]}_id", *type(event).model_fields):
        value = getattr(event, field, None)
        if field not in ENVELOPE and isinstance(value, UUID):
            return value
    return event.id


def data_of(event: Event) -> dict[str, Any]:
    return event.model_dump(mode="json", exclude=ENVELOPE | event.unsaid)


def body_of(*, kind: str, version: int, at: datetime, data: dict[str, Any]) -> bytes:
    """The same bytes at each attempt. What is too long keeps its identifiers: the rest can be asked."""
    said = {"type": kind, "timestamp": at.isoformat(), "version": version}
    body = _bytes({**said, "data": data})
    if len(body) <= LONGEST_BODY:
        return body
    ids = {name: value for name, value in data.items() if name.endswith("_id")}
    return _bytes({**said, "data": ids, "is_cut": True})


def _bytes(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def example_of(kind: type[Event]) -> dict[str, Any]:
    """A body such as a receiver gets, with made-up values."""
    fields = {
        name: _example(name, field.annotation)
        for name, field in kind.model_fields.items()
        if name not in ENVELOPE
    }
    event = kind(id=EXAMPLE_ID, tenant_id=EXAMPLE_ID, at=EXAMPLE_AT, **fields)
    body = body_of(kind=kind.name, version=kind.version, at=EXAMPLE_AT, data=data_of(event))
    example: dict[str, Any] = json.loads(body)
    return example


def _example(name: str, annotation: Any) -> Any:
    types = get_args(annotation) or (annotation,)
    if name in EXAMPLES:
        return EXAMPLES[name]
    if get_origin(annotation) is dict:
        return {}
    if get_origin(annotation) is tuple:
        return (_example(name, types[0]),)
    if int in types and bool not in types:
        return EXAMPLE_CENTS if name.endswith("_cents") else 1
    made = {
        UUID: EXAMPLE_ID,
        bool: True,
        str: "…",
        date: EXAMPLE_AT.date(),
        datetime: EXAMPLE_AT,
        AwareDatetime: EXAMPLE_AT,
    }
    return next((example for kind, example in made.items() if kind in types), {})
