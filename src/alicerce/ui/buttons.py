"""Buttons, links that look like buttons, and the forms behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from alicerce.ui.component import Component, Content, Words
from alicerce.ui.icons import IconName

Variant: TypeAlias = Literal["", "primary", "ghost", "danger"]
Size: TypeAlias = Literal["", "sm", "lg"]


@dataclass(frozen=True)
class Button(Component):
    """Submits the form around it. Says a verb and an object."""

    template = "ui/button.html"

    label: Words
    icon: IconName | Literal[""] = ""
    variant: Variant = ""
    size: Size = ""
    name: str = ""
    value: str = ""
    block: bool = False
    disabled: bool = False


@dataclass(frozen=True)
class LinkButton(Component):
    template = "ui/link_button.html"

    label: Words
    url: str
    icon: IconName | Literal[""] = ""
    variant: Variant = ""
    size: Size = ""
    block: bool = False
    disabled: bool = False
    external: bool = False


@dataclass(frozen=True)
class PostButton(Component):
    """A form of one button."""

    template = "ui/post_button.html"

    button: Button
    action: str
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ConfirmDialog(Component):
    """A button, and the question it asks before it posts. Needs no script."""

    template = "ui/confirm_dialog.html"

    id: str
    button: Button
    title: Words
    body: Sequence[Content]
    confirm: Words
    action: str
    hidden: Mapping[str, str] = field(default_factory=dict)
