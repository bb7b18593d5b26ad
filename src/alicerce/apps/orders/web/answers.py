"""The fields of a plan on the order form, and what was answered to them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alicerce.apps.catalog.types import LONGEST_ANSWER, AskedField, FieldKind, YesNo, label_in
from alicerce.apps.orders.queries.answers import answers_in_words, answers_of_line_in_words
from alicerce.ui.component import Content
from alicerce.ui.layout import Card
from alicerce.ui.panels import KeyValues, Pair

PREFIX = "campo_"


def answer_field(asked: AskedField) -> forms.Field:
    """Whether the answer fits is for the catalog to judge; the page only helps to type it."""
    said: dict[str, Any] = {
        "label": label_in(get_language() or "", asked.label, asked.label_en),
        "help_text": asked.help,
        "required": asked.is_required,
    }
    if asked.kind == FieldKind.CHOICE:
        return _choosing([(each, each) for each in asked.choices], asked, said)
    if asked.kind == FieldKind.YES_NO:
        return _choosing([(YesNo.YES, _("Sim")), (YesNo.NO, _("Não"))], asked, said)
    return forms.CharField(**said, max_length=_most(asked.kind), widget=_widget(asked.kind))


def _choosing(
    choices: list[tuple[str, str]], asked: AskedField, said: dict[str, Any]
) -> forms.ChoiceField:
    nothing = [] if asked.is_required else [("", _("Não responder"))]
    return forms.ChoiceField(**said, choices=[*nothing, *choices], widget=forms.RadioSelect)


def _most(kind: FieldKind) -> int:
    return LONGEST_ANSWER.get(kind, 40)


def _widget(kind: FieldKind) -> forms.Widget:
    if kind == FieldKind.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 4})
    if kind == FieldKind.PHONE:
        return forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
    return forms.TextInput(attrs={"autocomplete": "off"})


def answers_cards(order_id: UUID, *, with_personal: bool) -> list[Content]:
    """Nothing where the plan asked nothing."""
    return _cards(answers_in_words(order_id, with_personal=with_personal))


def answers_of_line(line_id: UUID, *, with_personal: bool) -> list[Content]:
    """Of the order that a line is of."""
    return _cards(answers_of_line_in_words(line_id, with_personal=with_personal))


def _cards(said: Sequence[tuple[str, str]]) -> list[Content]:
    pairs = [Pair(label, words) for label, words in said]
    return [Card([KeyValues(pairs)], title=_("Respostas do pedido"))] if pairs else []
