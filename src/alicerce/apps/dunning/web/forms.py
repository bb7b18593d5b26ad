"""What is typed to change a ladder, to try it, and to make an exception."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.dunning.rules.ladders import key_of
from alicerce.apps.dunning.services.override import NewOverride
from alicerce.apps.dunning.types import CHOOSABLE, LadderCard, LadderSpec, Rung, StepKind, Terms
from alicerce.apps.dunning.web.words import KINDS

MOST_TYPED = 60
LONGEST_NOTE, LONGEST_REASON = 300, 300
MOST_EXTRA_DAYS = 90


def day_field(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


class StepForm(forms.Form):
    offset_days = forms.IntegerField(
        label=_("Dia"), help_text=_("−3 é três dias antes; 0, no vencimento.")
    )
    kind = forms.ChoiceField(
        label=_("O que fazer"), choices=[(str(kind), KINDS[kind]) for kind in CHOOSABLE]
    )
    note = forms.CharField(
        label=_("Frase a mais no e-mail"), max_length=LONGEST_NOTE, required=False
    )
    drop = forms.BooleanField(label=_("Remover este passo"), required=False)

    def has_changed(self) -> bool:
        """A new step is one that has a day, whatever the list of kinds stands at."""
        if not self.empty_permitted:
            return super().has_changed()
        return bool(self.data.get(self.add_prefix("offset_days"), "").strip())

    def rung(self) -> Rung:
        typed = self.cleaned_data
        kind = StepKind(typed["kind"])
        key = key_of(kind, typed["offset_days"])
        return Rung(key, typed["offset_days"], kind, " ".join(typed["note"].split()))

    @property
    def is_kept(self) -> bool:
        return bool(self.cleaned_data) and not self.cleaned_data["drop"]


StepForms = forms.formset_factory(
    StepForm, extra=1, max_num=MOST_TYPED, absolute_max=MOST_TYPED, validate_max=True
)


def steps_of(spec: LadderSpec) -> Any:
    """A row for each step, and an empty one for another."""
    rows = [
        {"offset_days": rung.offset_days, "kind": rung.kind, "note": rung.note}
        for rung in spec.in_order
    ]
    return StepForms(initial=rows, prefix="passo")


class TermsForm(forms.Form):
    name = forms.CharField(label=_("Nome da régua"), max_length=60)
    opens = forms.IntegerField(label=_("Enviar a partir das"), min_value=0, max_value=23)
    closes = forms.IntegerField(label=_("Enviar até as"), min_value=1, max_value=24)
    notice_hours = forms.IntegerField(
        label=_("Avisar antes de suspender"),
        help_text=_("Sem um e-mail com esta antecedência, nada é suspenso."),
        min_value=1,
    )
    on_business_days = forms.BooleanField(
        label=_("Suspender só em dias úteis"),
        help_text=_("Feriados nacionais e pontos facultativos contam como dias parados."),
        required=False,
    )

    def terms(self) -> Terms:
        typed = self.cleaned_data
        return Terms(
            typed["opens"], typed["closes"], typed["on_business_days"], typed["notice_hours"]
        )


def terms_of(card: LadderCard) -> dict[str, Any]:
    terms = card.spec.terms
    return {
        "name": card.name,
        "opens": terms.opens,
        "closes": terms.closes,
        "notice_hours": terms.notice_hours,
        "on_business_days": terms.on_business_days,
    }


class TryForm(forms.Form):
    """Whose future, or which due date."""

    due_on = day_field(label=_("Vencimento"), required=False)
    who = forms.CharField(
        label=_("Fatura ou cliente"),
        help_text=_("O número de uma fatura, o nome ou o e-mail de um cliente."),
        max_length=120,
        required=False,
    )


class OverrideForm(forms.Form):
    ladder = forms.ChoiceField(label=_("Régua"), required=False)
    extra_days = forms.IntegerField(
        label=_("Dias a mais"),
        help_text=_("Tudo o que vem depois do vencimento espera estes dias."),
        min_value=0,
        max_value=MOST_EXTRA_DAYS,
        required=False,
    )
    exempt_until = day_field(
        label=_("Não cobrar até"),
        help_text=_("Até este dia, nada do que vem depois do vencimento acontece."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Fica no histórico do cliente."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *given: Any, ladders: Sequence[LadderCard], **options: Any) -> None:
        super().__init__(*given, **options)
        usual = ("", _("A padrão da empresa"))
        others = [(str(card.id), card.name) for card in ladders if card.id]
        self.fields["ladder"].choices = [usual, *others]  # type: ignore[attr-defined]

    def wanted(self) -> NewOverride:
        typed = self.cleaned_data
        until: date | None = typed["exempt_until"]
        ladder_id = UUID(typed["ladder"]) if typed["ladder"] else None
        return NewOverride(typed["reason"], ladder_id, typed["extra_days"] or 0, until)
