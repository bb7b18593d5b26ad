"""Components that place others: stacks, columns, cards, tabs, breadcrumbs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from alicerce.ui.component import Component, Content, Words
from alicerce.ui.icons import IconName


@dataclass(frozen=True)
class Stack(Component):
    """One under another."""

    template = "ui/stack.html"

    parts: Sequence[Content]


@dataclass(frozen=True)
class Row(Component):
    """One beside another, wrapping."""

    template = "ui/row.html"

    parts: Sequence[Content]
    spread: bool = False


@dataclass(frozen=True)
class Columns(Component):
    """The task and its side column; on a phone `side_first` puts the side on top."""

    template = "ui/columns.html"

    main: Sequence[Content]
    side: Sequence[Content]
    side_label: Words = ""
    side_first: bool = True


@dataclass(frozen=True)
class Grid(Component):
    """Equal cells, one per line on a phone."""

    template = "ui/grid.html"

    parts: Sequence[Content]
    columns: Literal[2, 3] = 2


@dataclass(frozen=True)
class Card(Component):
    template = "ui/card.html"

    body: Sequence[Content]
    title: Words = ""
    lead: Words = ""
    aside: Content = ""
    footer: Sequence[Content] = ()
    id: str = ""


@dataclass(frozen=True)
class Section(Component):
    """A heading over what needs no card around it, such as a table."""

    template = "ui/section.html"

    title: Words
    body: Sequence[Content]
    aside: Content = ""


@dataclass(frozen=True)
class Fold(Component):
    """Details that open on demand."""

    template = "ui/fold.html"

    title: Words
    body: Sequence[Content]
    icon: IconName | Literal[""] = ""
    open: bool = False
    id: str = ""
    """Where a link leads: browsers open what is around it."""


@dataclass(frozen=True)
class OnlyOn(Component):
    """Shown on one kind of screen only."""

    template = "ui/only_on.html"

    screen: Literal["wide", "narrow"]
    body: Sequence[Content]


@dataclass(frozen=True)
class Divider(Component):
    template = "ui/divider.html"


@dataclass(frozen=True)
class Crumb:
    label: Words
    url: str = ""


@dataclass(frozen=True)
class Breadcrumbs(Component):
    template = "ui/breadcrumbs.html"

    crumbs: Sequence[Crumb]


@dataclass(frozen=True)
class PageState(Component):
    """The badge beside the title. `again` is the one that travels with a live region's answer."""

    template = "ui/page_state.html"

    badge: Content
    again: bool = False


@dataclass(frozen=True)
class PageHead(Component):
    template = "ui/page_head.html"

    title: Words
    lead: Words = ""
    state: Content = ""
    actions: Sequence[Content] = ()
    breadcrumbs: Sequence[Crumb] = ()


@dataclass(frozen=True)
class View:
    label: Words
    url: str
    current: bool = False
    count: int | None = None
    hot: bool = False


@dataclass(frozen=True)
class Views(Component):
    """The saved views of a list, or the parts of a record, as tabs with their own URL."""

    template = "ui/views.html"

    views: Sequence[View]
    label: Words
