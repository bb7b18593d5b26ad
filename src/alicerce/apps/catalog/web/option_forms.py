"""What people type about an option of a plan: its bounds, its choices, and a price for each cycle."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.catalog.rules import LONGEST, MOST_CENTS, MOST_CHOICES, MOST_QUANTITY
from alicerce.apps.catalog.types import (
    ChoiceForm,
    Cycle,
    Limit,
    OfferedOption,
    OptionForm,
    OptionKind,
)
from alicerce.apps.catalog.web.forms import HIGHEST_POSITION
from alicerce.kernel.money import Money
from alicerce.ui.money_field import MoneyField
from alicerce.ui.plans import CYCLES, LIMITS

SPARE_ROWS = 3
BOUNDS = ("minimum", "maximum", "step")


class OptionFields(forms.Form):
    """One form for the three kinds: to choose from several, to count, to switch on."""

    name = forms.CharField(label=gettext_lazy("Nome"), max_length=LONGEST["name"])
    summary = forms.CharField(
        label=gettext_lazy("Explicação"),
        help_text=gettext_lazy("O comprador lê embaixo da opção."),
        max_length=LONGEST["summary"],
        required=False,
    )
    position = forms.IntegerField(
        label=gettext_lazy("Posição"), min_value=0, max_value=HIGHEST_POSITION, initial=0
    )
    limit = forms.ChoiceField(
        label=gettext_lazy("Aumenta o limite de"),
        choices=[("", "–"), *LIMITS.items()],
        required=False,
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("Mínimo"), min_value=0, max_value=MOST_QUANTITY, initial=0
    )
    maximum = forms.IntegerField(
        label=gettext_lazy("Máximo"), min_value=1, max_value=MOST_QUANTITY, initial=10
    )
    step = forms.IntegerField(
        label=gettext_lazy("De quantos em quantos"),
        min_value=1,
        max_value=MOST_QUANTITY,
        initial=1,
    )

    def __init__(
        self,
        *args: Any,
        kind: OptionKind,
        cycles: Sequence[Cycle],
        option: OfferedOption | None = None,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.kind, self.cycles, self.option = kind, cycles, option
        if kind != OptionKind.QUANTITY:
            for name in BOUNDS:
                del self.fields[name]
        for number in range(self._rows()):
            self._add_row(number)
        self.fields["reason"] = forms.CharField(
            label=_("Motivo da mudança"),
            help_text=_(
                "Fica no histórico. Preciso quando muda o preço de um plano já vendido."
            ),
            max_length=300,
            required=False,
        )
        if option is None:
            del self.fields["reason"]
        else:
            self._fill(option)

    @property
    def rows(self) -> list[list[str]]:
        """The fields of each choice, in their order."""
        return [list(self._names(number)) for number in range(self._rows())]

    def _rows(self) -> int:
        if self.kind != OptionKind.CHOICE:
            return 1
        known = len(self.option.choices) if self.option else 0
        return min(known + SPARE_ROWS, MOST_CHOICES)

    def _names(self, number: int) -> Iterator[str]:
        if self.kind == OptionKind.CHOICE:
            yield f"c{number}_name"
        yield f"c{number}_adds"
        for cycle in self.cycles:
            yield f"c{number}_{cycle.value}"

    def _add_row(self, number: int) -> None:
        if self.kind == OptionKind.CHOICE:
            label = _("Escolha %(number)s") % {"number": number + 1}
            self.fields[f"c{number}_name"] = forms.CharField(
                label=label, max_length=LONGEST["name"], required=False
            )
        self.fields[f"c{number}_adds"] = forms.IntegerField(
            label=_("Aumenta em"), min_value=0, max_value=2**31 - 1, required=False
        )
        for cycle in self.cycles:
            self.fields[f"c{number}_{cycle.value}"] = MoneyField(
                label=str(CYCLES[cycle]), max_cents=MOST_CENTS, required=False
            )

    def _fill(self, option: OfferedOption) -> None:
        for name in ("name", "summary", "position", "limit", *BOUNDS):
            self.initial.setdefault(name, getattr(option, name))
        for number, choice in enumerate(option.choices):
            self.initial.setdefault(f"c{number}_name", choice.name)
            self.initial.setdefault(f"c{number}_adds", choice.adds or None)
            for cycle, price in choice.prices.items():
                self.initial.setdefault(f"c{number}_{cycle.value}", price.amount.cents)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("minimum", 0) > given.get("maximum", MOST_QUANTITY):
            self.add_error("maximum", _("O máximo não pode ser menor que o mínimo."))
        named = [given.get(f"c{n}_name") for n in range(self._rows())]
        if self.kind == OptionKind.CHOICE and len(list(filter(None, named))) < 2:  # noqa: PLR2004 - else there is no choice
            self.add_error("c1_name", _("Diga ao menos duas escolhas."))
        return given

    def typed(self) -> OptionForm:
        """The option as typed. Only after the form proved valid."""
        given = self.cleaned_data
        bounds = {name: given[name] for name in BOUNDS if name in given}
        return OptionForm(
            kind=self.kind,
            name=given["name"],
            summary=given["summary"],
            position=given["position"],
            limit=Limit(given["limit"]).value if given["limit"] else "",
            choices=tuple(self._choices(given)),
            **bounds,
        )

    def _choices(self, given: Mapping[str, Any]) -> Iterator[ChoiceForm]:
        for number in range(self._rows()):
            name = given[f"c{number}_name"] if self.kind == OptionKind.CHOICE else given["name"]
            if not name:
                continue
            cents = {cycle: given[f"c{number}_{cycle.value}"] for cycle in self.cycles}
            yield ChoiceForm(
                name=name,
                prices={c: Money(each) for c, each in cents.items() if each is not None},
                adds=given[f"c{number}_adds"] or 0,
                id=self._id(number),
            )

    def _id(self, number: int) -> UUID | None:
        """A row that showed a choice is still that choice."""
        if self.option is None or number >= len(self.option.choices):
            return None
        return self.option.choices[number].id
