"""What people type about plans."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.ports import ProductKind, SpecField, kinds
from alicerce.apps.catalog.rules import LONGEST, MOST_QUANTITY
from alicerce.apps.catalog.types import Limit, PlanDetail, PlanForm
from alicerce.ui.plans import LIMITS, UNITS

UNLIMITED = "∞"
CODE = {"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}
HIGHEST_POSITION = 32_767


class LimitField(forms.CharField):
    """How much of something: a number, the sign of no limit, or nothing when the plan does not say."""

    default_error_messages = {"invalid": _("Escreva um número inteiro, ou ∞ para sem limite.")}

    def clean(self, value: Any) -> tuple[bool, int | None]:
        said = str(super().clean(value) or "").strip()
        if said in {"", UNLIMITED}:
            return bool(said), None
        if not said.isdecimal() or len(said) > 9:  # noqa: PLR2004 - what an integer column holds
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return True, int(said)


class PlanFields(forms.Form):
    """A plan: what buyers read, and what its deliverer needs to know."""

    product_kind = forms.ChoiceField(label=_("Tipo de produto"))
    product_name = forms.CharField(
        label=_("Produto"),
        help_text=_("A família a que o plano pertence. Um nome novo cria outra."),
        max_length=LONGEST["product_name"],
    )
    name = forms.CharField(label=_("Nome do plano"), max_length=LONGEST["name"])
    summary = forms.CharField(
        label=_("Resumo"),
        help_text=_("Uma linha, embaixo do nome na vitrine."),
        max_length=LONGEST["summary"],
        required=False,
    )
    features = forms.CharField(
        label=_("O que está incluído"),
        help_text=_("Um item por linha."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    position = forms.IntegerField(
        label=_("Posição na vitrine"), min_value=0, max_value=HIGHEST_POSITION
    )
    stock = forms.IntegerField(
        label=_("Unidades disponíveis"),
        help_text=_(
            "Cada pedido leva uma; um pedido cancelado sem pagar devolve, e um adicional que "
            "termina também. Vazio: sem fim."
        ),
        min_value=0,
        max_value=2**31 - 1,
        required=False,
    )
    is_visible = forms.BooleanField(label=_("Mostrar na vitrine e vender"), required=False)
    goes_with = forms.MultipleChoiceField(
        label=_("De um adicional: com quais planos ele vai"),
        help_text=_("Sem marcar nenhum, ele vai com todos."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    max_quantity = forms.IntegerField(
        label=_("De um adicional: quantos cabem numa assinatura"),
        min_value=1,
        max_value=MOST_QUANTITY,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        known: Sequence[ProductKind] = (),
        plans: Sequence[tuple[str, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.addons = {kind.key for kind in known or kinds.values() if kind.is_addon}
        self._offer_plans(plans)
        self.kind_fields = {kind.key: kind.fields for kind in known or kinds.values()}
        kind = self.fields["product_kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(each.key, each.label) for each in known or kinds.values()]
        if len(kind.choices) == 1:
            kind.widget = forms.HiddenInput()
            self.initial.setdefault("product_kind", kind.choices[0][0])
        for key, label in LIMITS.items():
            self.fields[f"limit_{key}"] = LimitField(
                label=str(label), required=False, max_length=12
            )
        for field in self._spec_fields():
            name = f"spec_{field.key}"
            self.fields[name] = _spec_field(field, now=self.initial.get(name, ""))
            self.fields[name].required = field.required and len(self.kind_fields) == 1

    def _offer_plans(self, plans: Sequence[tuple[str, str]]) -> None:
        """Nothing to say where there are no add-ons, or no plans."""
        choices = self.fields["goes_with"]
        assert isinstance(choices, forms.MultipleChoiceField)
        choices.choices = plans
        if not (plans and self.addons):
            del self.fields["goes_with"]
        if not self.addons:
            del self.fields["max_quantity"]

    @property
    def spec_names(self) -> list[str]:
        return [f"spec_{field.key}" for field in self._spec_fields()]

    @property
    def needed_names(self) -> list[str]:
        """What at least one kind of product cannot be without."""
        return [f"spec_{field.key}" for field in self._spec_fields() if field.required]

    @property
    def limit_names(self) -> list[str]:
        return [f"limit_{key}" for key in LIMITS]

    def _spec_fields(self) -> list[SpecField]:
        """Of every kind there is, each key once."""
        every = [field for fields in self.kind_fields.values() for field in fields]
        return list({field.key: field for field in every}.values())

    def clean_features(self) -> tuple[str, ...]:
        lines = str(self.cleaned_data["features"]).splitlines()
        return tuple(line.strip() for line in lines if line.strip())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for field in self.kind_fields.get(given.get("product_kind", ""), ()):
            name = f"spec_{field.key}"
            if field.required and name not in self.errors and not given.get(name):
                self.add_error(name, self.fields[name].error_messages["required"])
        return given

    def typed(self) -> PlanForm:
        """The plan as typed. Only after the form proved valid."""
        given = self.cleaned_data
        wanted = self.kind_fields[given["product_kind"]]
        return PlanForm(
            product_kind=given["product_kind"],
            product_name=given["product_name"],
            name=given["name"],
            summary=given["summary"],
            features=given["features"],
            spec={field.key: given[f"spec_{field.key}"] for field in wanted},
            limits={
                key.value: given[f"limit_{key}"][1] for key in Limit if given[f"limit_{key}"][0]
            },
            position=given["position"],
            is_visible=given["is_visible"],
            stock=given["stock"],
            goes_with=self._goes_with(given),
            max_quantity=self._max_quantity(given),
        )

    def _goes_with(self, given: Mapping[str, Any]) -> tuple[str, ...]:
        """What is no add-on goes with nothing, whatever was left marked."""
        is_addon = given["product_kind"] in self.addons
        return tuple(given.get("goes_with", ())) if is_addon else ()

    def _max_quantity(self, given: Mapping[str, Any]) -> int:
        is_addon = given["product_kind"] in self.addons
        return (given.get("max_quantity") or 1) if is_addon else 1


def _spec_field(field: SpecField, *, now: str) -> forms.Field:
    """What the plan says already stays among the choices, whoever offers it no more."""
    offered = list(field.offers()) if field.offers else []
    if not offered:
        return forms.CharField(
            label=str(field.label),
            help_text=str(field.help),
            max_length=80,
            required=False,
            widget=forms.TextInput(attrs=CODE),
        )
    choices = [
        ("", field.nothing),
        *((each, each) for each in dict.fromkeys([*offered, now]) if each),
    ]
    return forms.ChoiceField(
        label=str(field.label), help_text=str(field.help), choices=choices, required=False
    )


def initial_of(plan: PlanDetail) -> dict[str, Any]:
    form = plan.form
    names = (
        "product_kind",
        "product_name",
        "name",
        "summary",
        "position",
        "stock",
        "is_visible",
        "max_quantity",
    )
    return {
        **{name: getattr(form, name) for name in names},
        "features": "\n".join(form.features),
        "goes_with": list(form.goes_with),
        **{f"spec_{key}": value for key, value in form.spec.items()},
        **{f"limit_{key}": _shown(amount) for key, amount in form.limits.items()},
    }


def _shown(amount: int | None) -> str:
    return UNLIMITED if amount is None else str(amount)


def unit_of(limit_name: str) -> str:
    return UNITS.get(limit_name.removeprefix("limit_"), "")


class ProductFields(forms.Form):
    name = forms.CharField(label=_("Nome"), max_length=LONGEST["product_name"])
    position = forms.IntegerField(
        label=_("Posição na vitrine"), min_value=0, max_value=HIGHEST_POSITION
    )
