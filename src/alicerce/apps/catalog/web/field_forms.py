"""What people type about a field of a plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.catalog.rules import LONGEST, MOST_CHOICES
from alicerce.apps.catalog.types import ALWAYS_PERSONAL, AskedField, FieldForm, FieldKind
from alicerce.apps.catalog.web.forms import HIGHEST_POSITION


class FieldFields(forms.Form):
    """One form for all kinds; only a choice has words to choose from."""

    label = forms.CharField(
        label=gettext_lazy("Pergunta"),
        help_text=gettext_lazy("Como o comprador lê, em português."),
        max_length=LONGEST["name"],
    )
    label_en = forms.CharField(
        label=gettext_lazy("Pergunta em inglês"),
        help_text=gettext_lazy("Sem ela, quem lê em inglês vê a pergunta em português."),
        max_length=LONGEST["name"],
        required=False,
    )
    help = forms.CharField(
        label=gettext_lazy("Ajuda"),
        help_text=gettext_lazy("O comprador lê embaixo do campo."),
        max_length=LONGEST["summary"],
        required=False,
    )
    choices = forms.CharField(
        label=gettext_lazy("Respostas oferecidas"),
        help_text=gettext_lazy("Uma por linha, de 2 a 20."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=MOST_CHOICES * (LONGEST["name"] + 2),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Posição"), min_value=0, max_value=HIGHEST_POSITION, initial=0
    )
    is_required = forms.BooleanField(
        label=gettext_lazy("O comprador precisa responder"), required=False, initial=True
    )
    is_personal = forms.BooleanField(
        label=gettext_lazy("É um dado pessoal: some quando a pessoa pede para ser apagada"),
        required=False,
    )

    def __init__(
        self, *args: Any, kind: FieldKind, asked: AskedField | None = None, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.kind, self.asked = kind, asked
        if kind != FieldKind.CHOICE:
            del self.fields["choices"]
        if kind in ALWAYS_PERSONAL:
            del self.fields["is_personal"]
        if asked:
            self._fill(asked)

    def _fill(self, asked: AskedField) -> None:
        for name in self.fields:
            value = getattr(asked, name)
            self.initial.setdefault(name, "\n".join(value) if name == "choices" else value)

    def clean_choices(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["choices"].splitlines())
        words = tuple(filter(None, lines))
        if not 2 <= len(set(words)) == len(words) <= MOST_CHOICES:  # noqa: PLR2004 - else there is no choice
            raise forms.ValidationError(_("Diga de 2 a 20 respostas, todas diferentes."))
        if any(len(each) > LONGEST["name"] for each in words):
            raise forms.ValidationError(_("Cada resposta tem até 80 caracteres."))
        return words

    def typed(self) -> FieldForm:
        """The field as typed. Only after the form proved valid."""
        given = self.cleaned_data
        return FieldForm(
            kind=self.kind,
            label=given["label"],
            label_en=given["label_en"],
            help=given["help"],
            is_required=given["is_required"],
            is_personal=given.get("is_personal", True),
            choices=given.get("choices", ()),
            position=given["position"],
        )
