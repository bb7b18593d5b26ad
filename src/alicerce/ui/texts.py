"""The smallest components: words, links, badges, amounts and times."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from alicerce.kernel import clock
from alicerce.kernel.money import Money
from alicerce.ui import formats
from alicerce.ui.component import Component, Words
from alicerce.ui.icons import IconName

Tone: TypeAlias = Literal["", "ok", "warn", "bad", "info"]
Look: TypeAlias = Literal["", "muted", "small", "strong"]


@dataclass(frozen=True)
class Text(Component):
    """A paragraph."""

    template = "ui/text.html"

    text: Words
    look: Look = ""


@dataclass(frozen=True)
class Mono(Component):
    """An identifier, an address, a code: read letter by letter. The title shows on hover."""

    template = "ui/mono.html"

    text: Words
    title: Words = ""


@dataclass(frozen=True)
class Link(Component):
    template = "ui/link.html"

    text: Words
    url: str
    external: bool = False


@dataclass(frozen=True)
class Badge(Component):
    """A state: color, shape and word together."""

    template = "ui/badge.html"

    tone: Tone
    text: Words
    live: bool = False


@dataclass(frozen=True)
class Tag(Component):
    template = "ui/tag.html"

    text: Words


@dataclass(frozen=True)
class LiveMark(Component):
    """Says that what is near refreshes by itself."""

    template = "ui/live_mark.html"


@dataclass(frozen=True)
class Avatar(Component):
    template = "ui/avatar.html"

    name: str

    @property
    def initials(self) -> str:
        words = [word for word in self.name.split() if word[0].isalnum()]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@dataclass(frozen=True)
class MoneyText(Component):
    template = "ui/money_text.html"

    amount: Money


@dataclass(frozen=True)
class Amount(Component):
    """A price in large type, with a line under it."""

    template = "ui/amount.html"

    amount: Money
    label: Words = ""
    detail: Words = ""

    @property
    def parts(self) -> tuple[str, str]:
        return formats.money_parts(self.amount)


@dataclass(frozen=True)
class TimeText(Component):
    """An instant in the tenant's zone; `relative` keeps the full date as its title."""

    template = "ui/time_text.html"

    when: datetime
    style: formats.TimeStyle = "datetime"

    @property
    def shown(self) -> str:
        if self.style == "relative":
            return formats.relative(self.when, at=clock.now())
        written = {
            "date": formats.day,
            "time": formats.clock_time,
            "datetime": formats.moment,
        }
        return written[self.style](self.when)


@dataclass(frozen=True)
class IconText(Component):
    template = "ui/icon_text.html"

    icon: IconName
    text: Words
