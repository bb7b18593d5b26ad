"""Facts. Published inside the transaction that made them true."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.utils.functional import Promise
from pydantic import AwareDatetime, BaseModel, Field

from alicerce.kernel.context import current, current_tenant_id
from alicerce.kernel.db import in_transaction
from alicerce.kernel.ids import uuid7
from alicerce.kernel.queueing import NewJob, enqueue

kinds: dict[str, type["Event"]] = {}
heard: list[Callable[["Event"], None]] = []  # in the same commit: the event log, and tests
heard_together: dict[Callable[["Event"], None], Callable[[Sequence["Event"]], None]] = {}
"""What a listener does about many facts at once, where it has a shorter way."""


class Event(BaseModel, frozen=True):
    """Something that happened, named `noun.past`. Fields are only ever added, with a default.

    It has a description for those who receive it by webhook, or is plumbing between our own jobs.
    """

    name: ClassVar[str]
    description: ClassVar[str | Promise] = ""
    is_internal: ClassVar[bool] = False
    version: ClassVar[int] = 1
    unsaid: ClassVar[frozenset[str]] = frozenset()  # fields that only our own jobs need

    id: UUID = Field(default_factory=uuid7)
    tenant_id: UUID = Field(default_factory=current_tenant_id)
    at: AwareDatetime

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        super().__pydantic_init_subclass__(**options)
        if "name" in vars(cls):
            _register(cls)


def _register(kind: type[Event]) -> None:
    known = kinds.setdefault(kind.name, kind)
    same = (known.__module__, known.__qualname__) == (kind.__module__, kind.__qualname__)
    assert same, f"two events are called {kind.name}: {known} and {kind}"


class JobDied(Event):
    """A job gave up for good. The error is a summary fit to be read by people."""

    name = "job.died"
    is_internal = True

    job: str
    event: str
    payload: str
    error: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Subscription:
    job: str
    queue: str
    wants: Callable[[Any], bool]


subscriptions: dict[type[Event], list[Subscription]] = defaultdict(list)


def publish(event: Event, *, delay: timedelta | None = None) -> None:
    """Queue one job per interested subscriber, in the same commit as the change itself."""
    assert in_transaction(), f"{event.name} published outside of a transaction"
    for listener in heard:
        listener(event)
    if jobs := _jobs(event, delay):
        enqueue(jobs=jobs)


def publish_all(events: Sequence[Event]) -> None:
    """The same for many facts, with as many statements as for one."""
    assert in_transaction(), "facts published outside of a transaction"
    for listener in heard:
        if together := heard_together.get(listener):
            together(events)
        else:
            for event in events:
                listener(event)
    if jobs := [job for event in events for job in _jobs(event, None)]:
        enqueue(jobs=jobs)


def _interested(event: Event) -> Iterator[Subscription]:
    for kind in type(event).__mro__:
        for subscription in subscriptions.get(kind, ()):
            if subscription.wants(event):
                yield subscription


def _jobs(event: Event, delay: timedelta | None) -> list[NewJob]:
    """One for each interested subscriber."""
    interested = {one.job: one for one in _interested(event)}
    if not interested:
        return []
    payload = event.model_dump_json().encode()
    headers = {
        "event": event.name,
        "tenant": str(event.tenant_id),
        "trace": str(current().trace_id),
    }
    return [
        NewJob(name=one.job, queue=one.queue, payload=payload, headers=headers, delay=delay)
        for one in interested.values()
    ]
