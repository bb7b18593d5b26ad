"""What is written in a ticket."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.support.types import MessageKind
from alicerce.kernel.ids import uuid7

LONGEST = 5000


class MessageForm(forms.Form):
    """A note, or an answer where there is a customer. The key makes a second click write nothing."""

    body = forms.CharField(
        label=_("Mensagem"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )
    kind = forms.ChoiceField(
        label=_("Para quem"), widget=forms.RadioSelect, initial=MessageKind.NOTE
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, *given: Any, has_customer: bool, **options: Any) -> None:
        super().__init__(*given, **options)
        kinds = [(MessageKind.NOTE.value, _("Nota interna"))]
        if has_customer:
            kinds.append((MessageKind.REPLY.value, _("Resposta ao cliente")))
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
