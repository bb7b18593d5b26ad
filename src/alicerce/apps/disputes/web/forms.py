"""What is typed about disputes."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.disputes.types import (
    EVIDENCE_FIELDS,
    LONGEST_TEXT,
    NewMed,
    ServicePolicy,
    Texts,
)
from alicerce.apps.disputes.web.words import FIELDS, MED_REASONS, POLICIES, REASONS
from alicerce.ui.money_field import MoneyField

SHORT = {
    "customer_name",
    "customer_email_address",
    "customer_purchase_ip",
    "billing_address",
    "service_date",
}
MOST = 100_000_000
OFF = {"autocomplete": "off"}


class EvidenceForm(forms.Form):
    """A field for each thing that a bank listens to; what is left empty is not sent."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for name in EVIDENCE_FIELDS:
            self.fields[name] = forms.CharField(
                label=FIELDS[name],
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.TextInput(OFF) if name in SHORT else _area(),
            )

    def texts(self) -> Texts:
        return {name: self.cleaned_data[name] for name in EVIDENCE_FIELDS}


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 4})


class PolicyForm(forms.Form):
    services = forms.ChoiceField(
        label=_("Serviços de um pagamento em disputa"),
        choices=[(str(policy), POLICIES[policy]) for policy in ServicePolicy],
        widget=forms.RadioSelect,
    )


def _moment(**options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **options
    )


class MedForm(forms.Form):
    """A notification, as the PSP told it; times are those of the company."""

    reference = forms.CharField(
        label=_("Número no seu banco ou PSP"),
        help_text=_("O protocolo da notificação: cada um se registra uma vez."),
        max_length=120,
        widget=forms.TextInput(OFF),
    )
    amount = MoneyField(label=_("Valor contestado"), max_cents=MOST)
    reason = forms.ChoiceField(
        label=_("Motivo"), choices=[(name, REASONS[name]) for name in MED_REASONS]
    )
    notified_at = _moment(label=_("Avisado em"))
    respond_by = _moment(label=_("Responder até"))
    is_blocked = forms.BooleanField(
        label=_("O valor já foi bloqueado na conta"), required=False, initial=True
    )

    def __init__(self, *given: Any, zone: ZoneInfo, **options: Any) -> None:
        super().__init__(*given, **options)
        self._zone = zone

    def told(self, payment_id: UUID) -> NewMed:
        typed = self.cleaned_data
        return NewMed(
            payment_id=payment_id,
            reference=typed["reference"],
            cents=typed["amount"],
            reason=typed["reason"],
            notified_at=self._at(typed["notified_at"]),
            respond_by=self._at(typed["respond_by"]),
            is_blocked=typed["is_blocked"],
        )

    def _at(self, typed: datetime) -> datetime:
        return typed.replace(tzinfo=self._zone)


class ReturnForm(forms.Form):
    reference = forms.CharField(
        label=_("Identificador da devolução"), max_length=120, widget=forms.TextInput(OFF)
    )
    amount = MoneyField(
        label=_("Valor devolvido"), help_text=_("Tudo, ou só uma parte."), max_cents=MOST
    )

    def cents(self) -> int:
        return int(self.cleaned_data["amount"])
