"""What a company asks of its buyers in words of its own, as a field of a form."""

from collections.abc import Sequence
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext as _


class Asks(Protocol):
    """A question: of one of six kinds, with help, and with choices where there are some."""

    @property
    def kind(self) -> str: ...
    @property
    def help(self) -> str: ...
    @property
    def is_required(self) -> bool: ...
    @property
    def choices(self) -> Sequence[str]: ...


def answer_field(asked: Asks, *, label: str, longest: int) -> forms.Field:
    """It helps to type; whoever asks judges what was typed."""
    said: dict[str, Any] = {
        "label": label,
        "help_text": asked.help,
        "required": asked.is_required,
    }
    if asked.kind == "choice":
        return _choosing([(each, each) for each in asked.choices], asked, said)
    if asked.kind == "yes_no":
        return _choosing([("yes", _("Sim")), ("no", _("Não"))], asked, said)
    return forms.CharField(**said, max_length=longest, widget=_widget(asked.kind))


def _choosing(
    choices: list[tuple[str, str]], asked: Asks, said: dict[str, Any]
) -> forms.ChoiceField:
    nothing = [] if asked.is_required else [("", _("Não responder"))]
    return forms.ChoiceField(**said, choices=[*nothing, *choices], widget=forms.RadioSelect)


def _widget(kind: str) -> forms.Widget:
    if kind == "long_text":
        return forms.Textarea(attrs={"rows": 4})
    if kind == "phone":
        return forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
    return forms.TextInput(attrs={"autocomplete": "off"})
