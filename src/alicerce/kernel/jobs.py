"""Background work is a reaction: to an event, or to the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import TypeVar

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from alicerce.kernel.events import Event, Subscription, kinds, subscriptions
from alicerce.kernel.queueing import PRIORITIES, Job, forgive
from alicerce.kernel.retry import NEVER, PATIENT, Retry

E = TypeVar("E", bound=Event)


class UnknownFact(Exception):
    """This release does not know the event yet; a newer worker will."""


@dataclass(frozen=True, slots=True)
class Reaction:
    name: str
    react: Callable[..., None]
    queue: str
    retry: Retry
    on_dead: Callable[..., None] | None = None
    every: timedelta | None = None

    def run(self, job: Job) -> None:
        if self.every:
            self.react()
            forgive(name=self.name)
        else:
            self.react(fact_of(job))


reactions: dict[str, Reaction] = {}


def on(
    event_type: type[E],
    *,
    when: Callable[[E], bool] = lambda _: True,
    queue: str = "default",
    retry: Retry = PATIENT,
    on_dead: Callable[[E, str], None] | None = None,
) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Run the function, in the background and at least once, for every such event.

    `on_dead` is told the event and the error, in a transaction, when the last attempt failed.
    """

    def subscribe(react: Callable[[E], None]) -> Callable[[E], None]:
        reaction = Reaction(name_of(react), react, queue, retry, on_dead)
        _register(reaction)
        subscriptions[event_type].append(Subscription(reaction.name, queue, when))
        return react

    return subscribe


def every(
    *,
    seconds: float,
    name: str | None = None,
    queue: str = "default",
    retry: Retry = PATIENT,
    on_dead: Callable[[str], None] | None = None,
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run the function once per tick of the clock, for the platform: there is no tenant.

    It is not queued again while its last run still waits or retries.
    """
    period = timedelta(seconds=seconds)

    def schedule(react: Callable[[], None]) -> Callable[[], None]:
        called = name or name_of(react)
        _register(Reaction(called, react, queue, retry.within(period), on_dead, period))
        return react

    return schedule


def name_of(react: Callable[..., None]) -> str:
    """`<app>.<function>`, wherever below the app the function stands."""
    parts = react.__module__.split(".")
    app = parts[parts.index("jobs") - 1] if "jobs" in parts else parts[-1]
    return f"{app}.{react.__name__}"


def _register(reaction: Reaction) -> None:
    assert reaction.queue in PRIORITIES, f"{reaction.name}: no queue {reaction.queue}"
    known = reactions.setdefault(reaction.name, reaction)
    assert known.react is reaction.react, f"two reactions are called {reaction.name}"


def discover() -> None:
    """Import the `jobs` module of every app of ours: publishing needs to know who reacts."""
    for app in apps.get_app_configs():
        ours = app.module and app.name.startswith("alicerce.apps.")
        if ours and module_has_submodule(app.module, "jobs"):
            import_module(f"{app.name}.jobs")


def fact_of(job: Job) -> Event:
    kind = kinds.get(job.headers["event"])
    if kind is None:
        raise UnknownFact(job.headers["event"])
    return kind.model_validate_json(job.payload)


__all__ = ["NEVER", "PATIENT", "Retry", "discover", "every", "on", "reactions"]
