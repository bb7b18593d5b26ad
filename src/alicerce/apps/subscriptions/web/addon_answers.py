"""What an add-on asks of who buys it, on the page that shows what it costs."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language

from alicerce.apps.catalog.errors import BadAnswers
from alicerce.apps.catalog.types import LONGEST_ANSWER, AskedField, label_in
from alicerce.ui.asking import answer_field
from alicerce.ui.component import Content
from alicerce.ui.forms import form_fields

PREFIX = "campo_"


class AddonAnswers(forms.Form):
    """Sent with the yes, and never in an address: an answer may be personal."""

    def __init__(self, *args: Any, asked: Sequence[AskedField], **given: Any) -> None:
        super().__init__(*args, **given)
        self.asked = {f"{PREFIX}{each.id}": each for each in asked}
        for name, each in self.asked.items():
            label = label_in(get_language() or "", each.label, each.label_en)
            longest = LONGEST_ANSWER.get(each.kind, 40)
            self.fields[name] = answer_field(each, label=label, longest=longest)

    def with_hidden(self, sent: Mapping[str, str]) -> list[Content]:
        """Its fields, and what is sent with them as it stands now, whatever was sent before."""
        hidden = forms.Form()
        for name, value in sent.items():
            hidden.fields[name] = forms.CharField(initial=value, widget=forms.HiddenInput)
        return [*form_fields(hidden), *form_fields(self)]

    def said(self) -> dict[UUID, str]:
        """Only after the form proved valid."""
        return {each.id: self.cleaned_data[name] for name, each in self.asked.items()}

    def show_faults(self, refused: BadAnswers) -> None:
        """Each beside its field; what is asked no more is said of the whole."""
        for field_id, words in refused.faults.items():
            name = f"{PREFIX}{field_id}"
            self.add_error(name if name in self.asked else None, str(words))
