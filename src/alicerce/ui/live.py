"""A part of a page that asks for itself again until it has nothing new to say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from alicerce.ui.component import Component, Content, Words


@dataclass(frozen=True)
class LiveRegion(Component):
    """Asked again at `url` every so many seconds; zero means it is settled."""

    template = "ui/live_region.html"

    id: str
    url: str
    every_seconds: int
    body: Sequence[Content]
    announce: Words = ""


def regions(part: object) -> Iterator[LiveRegion]:
    """Every live region in this part of a page, the outer before the inner."""
    if isinstance(part, LiveRegion):
        yield part
    if isinstance(part, (list, tuple)):
        for item in part:
            yield from regions(item)
    elif isinstance(part, Component):
        for field in fields(part):
            yield from regions(getattr(part, field.name))
