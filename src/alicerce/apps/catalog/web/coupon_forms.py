"""What people type about coupons and terms."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.rules import (
    LONGEST_TERMS,
    MOST_CENTS,
    MOST_CYCLES,
    MOST_REDEMPTIONS,
    WHOLE_BP,
)
from alicerce.apps.catalog.types import CouponCard, CouponForm, CouponKind, PlanRow
from alicerce.ui.money_field import MoneyField

KINDS = [
    (CouponKind.PERCENT.value, _("Porcentagem")),
    (CouponKind.FIXED.value, _("Valor fixo")),
]


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **options,
    )


class EndFields(forms.Form):
    """What of a coupon may still change."""

    ends_on = _day(label=_("Último dia"), help_text=_("Vazio: sem fim."))
    most = forms.IntegerField(
        label=_("Quantas vezes ao todo"),
        help_text=_("Vazio: sem limite. Um pedido cancelado sem pagar devolve o uso."),
        min_value=1,
        max_value=MOST_REDEMPTIONS,
        required=False,
    )

    def __init__(self, *args: Any, zone: ZoneInfo, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone

    def ends_at(self) -> datetime | None:
        """The whole of the last day counts. Only after the form proved valid."""
        last: date | None = self.cleaned_data["ends_on"]
        return self._begin(last + timedelta(days=1)) if last and last < date.max else None

    def _begin(self, day: date) -> datetime:
        return datetime.combine(day, time(), tzinfo=self.zone)


class CouponFields(EndFields):
    """A coupon as it is made: what it takes off is promised, and does not change."""

    code = forms.CharField(
        label=_("Código"),
        help_text=_("O que o comprador escreve: letras, números e hífen."),
        max_length=32,
    )
    kind = forms.ChoiceField(label=_("Desconto"), choices=KINDS, widget=forms.RadioSelect)
    percent = MoneyField(
        label=_("Porcentagem"),
        help_text=_("Do total do pedido."),
        max_cents=WHOLE_BP,
        required=False,
    )
    amount = MoneyField(
        label=_("Valor"),
        help_text=_("Até o total do pedido."),
        max_cents=MOST_CENTS,
        required=False,
    )
    cycles = forms.IntegerField(
        label=_("Em quantas cobranças"),
        help_text=_("Vazio: em todas."),
        min_value=1,
        max_value=MOST_CYCLES,
        required=False,
    )
    starts_on = _day(label=_("Primeiro dia"), help_text=_("Vazio: já vale."))
    once_per_customer = forms.BooleanField(
        label=_("Uma vez por cliente"), required=False, initial=True
    )
    plans = forms.MultipleChoiceField(
        label=_("Só para estes planos"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "check"}),
        required=False,
    )
    field_order = (
        "code", "kind", "percent", "amount", "cycles", "most", "starts_on", "ends_on",
        "once_per_customer", "plans",
    )  # fmt: skip

    def __init__(self, *args: Any, plans: Sequence[PlanRow], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = self.fields["plans"]
        assert isinstance(offered, forms.MultipleChoiceField)
        offered.choices = [(str(plan.id), plan.name) for plan in plans]
        self.initial.setdefault("kind", CouponKind.PERCENT.value)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        wanted = "percent" if given.get("kind") == CouponKind.PERCENT else "amount"
        if not given.get(wanted) and wanted not in self.errors:
            self.add_error(wanted, _("Diga de quanto é o desconto."))
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("O último dia não pode vir antes do primeiro."))
        return given

    def typed(self) -> CouponForm:
        """The coupon as typed. Only after the form proved valid."""
        given = self.cleaned_data
        kind = CouponKind(given["kind"])
        is_percent = kind == CouponKind.PERCENT
        return CouponForm(
            code=given["code"].strip().upper(),
            kind=kind,
            percent_bp=given["percent"] if is_percent else None,
            amount_cents=None if is_percent else given["amount"],
            cycles=given["cycles"],
            starts_at=self._begin(given["starts_on"]) if given["starts_on"] else None,
            ends_at=self.ends_at(),
            most=given["most"],
            once_per_customer=given["once_per_customer"],
            plan_ids=tuple(UUID(each) for each in given["plans"]),
        )


def initial_of(coupon: CouponCard, zone: ZoneInfo) -> dict[str, Any]:
    ends = coupon.form.ends_at
    last = (ends.astimezone(zone) - timedelta(days=1)).date() if ends else None
    return {"ends_on": last, "most": coupon.form.most}


class TermsFields(forms.Form):
    body = forms.CharField(
        label=_("Termos de venda"),
        help_text=_("Texto simples; cada linha é um parágrafo."),
        max_length=LONGEST_TERMS,
        widget=forms.Textarea(attrs={"rows": 18}),
    )
