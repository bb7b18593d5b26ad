"""What a search found, in groups; the command palette shows the same beside the navigation."""

from collections.abc import Sequence
from dataclasses import dataclass

from alicerce.ui.component import Component, Content, Words
from alicerce.ui.icons import IconName
from alicerce.ui.live import LiveRegion

FOUND = "achados"
"""The region that the palette asks for."""


@dataclass(frozen=True)
class Hit:
    label: Words
    url: str
    icon: IconName
    detail: Words = ""


@dataclass(frozen=True)
class HitGroup:
    title: Words
    hits: Sequence[Hit]


@dataclass(frozen=True)
class Hits(Component):
    template = "ui/hits.html"

    groups: Sequence[HitGroup]
    empty: Content = ""


def found(groups: Sequence[HitGroup], *, url: str, empty: Content) -> LiveRegion:
    """The part of a search page that the palette takes for itself."""
    some = [group for group in groups if group.hits]
    return LiveRegion(FOUND, url, 0, [Hits(some, empty)])
