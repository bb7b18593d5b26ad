"""What is typed to order, and to cancel."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.errors import BadAnswers
from alicerce.apps.catalog.types import (
    AskedField,
    Chosen,
    OfferedOption,
    StorefrontPlan,
    TermsVersion,
)
from alicerce.apps.orders.types import Buyer, Extras
from alicerce.apps.orders.web.answers import PREFIX, answer_field
from alicerce.apps.orders.web.choosing import chosen_of, option_field
from alicerce.kernel.brazil import BadDocument, BadDomain, Document, document, normalize_domain
from alicerce.ui.plans import CYCLES


def _code() -> forms.TextInput:
    return forms.TextInput(
        attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
    )


class ChoosingForm(forms.Form):
    """What a visitor chooses. Prices are never among it: only which of ours they chose."""

    price = forms.ChoiceField(label=_("Como quer pagar"), widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        plan: StorefrontPlan,
        options: Sequence[OfferedOption] = (),
        takes_coupons: bool = False,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.plan = plan
        self.options = {f"opcao_{option.id}": option for option in options}
        price = self.fields["price"]
        assert isinstance(price, forms.ChoiceField)
        price.choices = [(str(p.price_id), CYCLES[p.cycle]) for p in plan.prices]
        self.initial.setdefault("price", str(plan.prices[0].price_id))
        cycles = [one.cycle for one in plan.prices]
        for name, option in self.options.items():
            self.fields[name] = option_field(option, cycles)
        if any(one.trial_days for one in plan.prices):
            self.fields["sem_teste"] = forms.BooleanField(
                label=gettext("Pular o teste e pagar agora"), required=False
            )
        if takes_coupons:
            self.fields["cupom"] = forms.CharField(
                label=gettext("Cupom"), max_length=32, required=False, widget=_code()
            )

    def chosen(self) -> tuple[Chosen, ...]:
        """What was said of each option. Only after the form proved valid."""
        said = ((self.cleaned_data[name], option) for name, option in self.options.items())
        return tuple(
            chosen_of(option, value) for value, option in said if value not in {None, ""}
        )

    def skips_trial(self) -> bool:
        return bool(self.cleaned_data.get("sem_teste"))

    def coupon(self) -> str:
        return str(self.cleaned_data.get("cupom", ""))


class PlacingForm(ChoosingForm):
    """What an order says besides, whoever places it: for which domain, and what the plan asks."""

    domain = forms.CharField(
        label=_("Domínio do site"),
        help_text=_("O endereço que você já tem ou vai registrar. Acentos são aceitos."),
        max_length=253,
        widget=forms.TextInput(
            attrs={
                "placeholder": "suaempresa.com.br",
                "autocapitalize": "none",
                "autocomplete": "url",
                "inputmode": "url",
                "spellcheck": "false",
            }
        ),
    )

    def clean_domain(self) -> str:
        try:
            return normalize_domain(self.cleaned_data["domain"])
        except BadDomain:
            raise forms.ValidationError(
                _(
                    "Este domínio não parece certo. Escreva como em suaempresa.com.br: "
                    "nomes .br têm de 2 a 26 letras, números ou hífens e uma categoria como .com."
                )
            ) from None

    def ask(self, fields: Sequence[AskedField]) -> None:
        """What the plan wants to know besides."""
        self.asked = {f"{PREFIX}{each.id}": each for each in fields}
        for name, each in self.asked.items():
            self.fields[name] = answer_field(each)

    def show_faults(self, refused: BadAnswers) -> None:
        """Each beside its field; what is on this page no more is said of the whole."""
        for field_id, words in refused.faults.items():
            name = f"{PREFIX}{field_id}"
            self.add_error(name if name in self.asked else None, str(words))

    def said(self) -> dict[UUID, str]:
        """What was answered, by field. Only after the form proved valid."""
        return {each.id: self.cleaned_data[name] for name, each in self.asked.items()}


class OrderForm(PlacingForm):
    """What a visitor tells us: also who they are."""

    name = forms.CharField(
        label=_("Nome completo ou razão social"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Para onde vão os dados de acesso."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    document = forms.CharField(
        label=_("CPF ou CNPJ"),
        help_text=_("Vai na fatura e no Pix."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not any(letter.isalpha() for letter in name) or set("/@<>") & set(name):
            raise forms.ValidationError(_("Escreva o nome como está no documento."))
        return name

    def clean_document(self) -> Document:
        try:
            return document(self.cleaned_data["document"])
        except BadDocument:
            raise forms.ValidationError(
                _("Este CPF ou CNPJ não confere. Revise os números, um por um.")
            ) from None

    def ask_for_terms(self, terms: TermsVersion) -> None:
        """Which version was on the page goes with the box: agreeing to it is agreeing to no other."""
        words = gettext("Li e aceito os termos de venda (versão %(version)s)")
        self.fields["termos"] = forms.BooleanField(label=words % {"version": terms.version})
        self.fields["termos_versao"] = forms.IntegerField(
            initial=terms.version, widget=forms.HiddenInput
        )

    def read_anew(self) -> None:
        """The box that was ticked was of other terms: it is empty beside those in force."""
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed.pop("termos", None)
        typed["termos_versao"] = str(self.fields["termos_versao"].initial)
        self.data = typed

    def extras(self) -> Extras:
        """What goes with the plan. Only after the form proved valid."""
        version = self.cleaned_data.get("termos_versao")
        return Extras(
            chosen=self.chosen(),
            coupon=self.coupon(),
            terms_version=version,
            skip_trial=self.skips_trial(),
            answers=self.said(),
        )

    def show_only(self, errors: ErrorDict) -> None:
        """Who only asks for the price is not told what else is missing."""
        self._errors = errors

    def buyer(self, *, locale: str, user_id: UUID | None) -> Buyer:
        """Who orders. Only after the form proved valid."""
        given = self.cleaned_data
        return Buyer(
            name=given["name"],
            email=given["email"].lower(),
            document=given["document"].number,
            document_kind=given["document"].kind,
            locale=locale,
            user_id=user_id,
        )


class CancelForm(forms.Form):
    """Why. The customer reads it."""

    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Vai no e-mail ao cliente e fica no histórico."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
