"""The fields of a plan on the order form, and what was answered to them."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alicerce.apps.catalog.types import LONGEST_ANSWER, AskedField, label_in
from alicerce.apps.orders.queries.answers import answers_in_words, answers_of_line_in_words
from alicerce.ui import asking
from alicerce.ui.component import Content
from alicerce.ui.layout import Card
from alicerce.ui.panels import KeyValues, Pair

PREFIX = "campo_"


def answer_field(asked: AskedField) -> forms.Field:
    """Whether the answer fits is for the catalog to judge; the page only helps to type it."""
    label = label_in(get_language() or "", asked.label, asked.label_en)
    return asking.answer_field(asked, label=label, longest=LONGEST_ANSWER.get(asked.kind, 40))


def answers_cards(order_id: UUID, *, with_personal: bool) -> list[Content]:
    """Nothing where the plan asked nothing."""
    return _cards(answers_in_words(order_id, with_personal=with_personal))


def answers_of_line(line_id: UUID, *, with_personal: bool) -> list[Content]:
    """Of the order that a line is of."""
    return _cards(answers_of_line_in_words(line_id, with_personal=with_personal))


def _cards(said: Sequence[tuple[str, str]]) -> list[Content]:
    pairs = [Pair(label, words) for label, words in said]
    return [Card([KeyValues(pairs)], title=_("Respostas do pedido"))] if pairs else []
