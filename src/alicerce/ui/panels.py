"""What pages say: figures, steps, stories, notes, emptiness."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from alicerce.ui.component import Component, Content, Words
from alicerce.ui.icons import IconName
from alicerce.ui.texts import Tone

StepState: TypeAlias = Literal["todo", "now", "wait", "done", "fail"]


@dataclass(frozen=True)
class Stat:
    label: Words
    value: Content
    detail: Words = ""
    tone: Literal["", "ok", "bad"] = ""
    url: str = ""


@dataclass(frozen=True)
class StatStrip(Component):
    """At most four figures."""

    template = "ui/stat_strip.html"

    stats: Sequence[Stat]


@dataclass(frozen=True)
class Step:
    """`aside` is the time it took or will take; `log` is folded under the step."""

    title: Words
    state: StepState = "todo"
    detail: Content = ""
    aside: Words = ""
    when: datetime | None = None
    attempts: int = 0
    percent: int | None = None
    log: Sequence[Content] = ()
    actions: Sequence[Content] = ()


@dataclass(frozen=True)
class Steps(Component):
    template = "ui/steps.html"

    steps: Sequence[Step]
    label: Words = ""


@dataclass(frozen=True)
class Log(Component):
    template = "ui/log.html"

    lines: Sequence[Content]
    label: Words


@dataclass(frozen=True)
class LogLine(Component):
    """What happened, at which second, and how the machine put it."""

    template = "ui/log_line.html"

    when: datetime
    text: Words
    raw: str = ""


@dataclass(frozen=True)
class TimelineItem:
    text: Content
    when: datetime
    detail: Content = ""
    tone: Tone = ""


@dataclass(frozen=True)
class Timeline(Component):
    template = "ui/timeline.html"

    items: Sequence[TimelineItem]


@dataclass(frozen=True)
class Note(Component):
    template = "ui/note.html"

    tone: Tone
    text: Content
    title: Words = ""
    actions: Sequence[Content] = ()

    @property
    def icon(self) -> IconName:
        icons: dict[Tone, IconName] = {
            "ok": "circle-check",
            "warn": "triangle-alert",
            "bad": "circle-alert",
        }
        return icons.get(self.tone, "info")


@dataclass(frozen=True)
class Waiting(Component):
    """Something is on its way; the page moves on by itself."""

    template = "ui/waiting.html"

    text: Words


@dataclass(frozen=True)
class Done(Component):
    """The good news of a page."""

    template = "ui/done.html"

    title: Words
    text: Content = ""


@dataclass(frozen=True)
class EmptyState(Component):
    template = "ui/empty_state.html"

    title: Words
    text: Words
    action: Content = ""
    icon: IconName = "package"


@dataclass(frozen=True)
class Pair:
    label: Words
    value: Content
    copy: str = ""


@dataclass(frozen=True)
class KeyValues(Component):
    template = "ui/key_values.html"

    pairs: Sequence[Pair]


@dataclass(frozen=True)
class Spec:
    label: Words
    value: Content
    icon: IconName


@dataclass(frozen=True)
class Specs(Component):
    """What a plan contains."""

    template = "ui/specs.html"

    specs: Sequence[Spec]


@dataclass(frozen=True)
class Instructions(Component):
    """A numbered list of what the reader does."""

    template = "ui/instructions.html"

    items: Sequence[Content]
