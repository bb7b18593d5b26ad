"""More, less or other options of a subscription: chosen, looked at to the cent, confirmed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from alicerce.apps.catalog.types import Chosen, Cycle, OfferedChoice, OfferedOption, OptionKind
from alicerce.apps.subscriptions.errors import PreviewOutdated
from alicerce.apps.subscriptions.queries.changing_items import (
    gone_options,
    options_to_choose,
    preview_items,
    units_to_choose,
)
from alicerce.apps.subscriptions.services.change_plan import change_items
from alicerce.apps.subscriptions.types import NewItem, SubscriptionCard
from alicerce.apps.subscriptions.types.changes import ChangePreview, ChangeWhen
from alicerce.apps.subscriptions.web.changing import (
    lines_table,
    page_of,
    refusal,
    sums,
)
from alicerce.apps.subscriptions.web.confirming import Desk, confirm_button, was_confirmed
from alicerce.apps.subscriptions.web.words import CYCLES
from alicerce.kernel.access import Request
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import money
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Row
from alicerce.ui.page import render_page
from alicerce.ui.panels import EmptyState, KeyValues, Note

EXPECTED, WHEN, QUANTITY = "expected_cents", "quando", "quantidade"
NOBODYS_CENTS = 10**15
"""What no change ever costs."""


class OptionsForm(forms.Form):
    """What is offered, as it stands; what is not offered any more may only go."""

    def __init__(
        self,
        *args: Any,
        offered: Sequence[tuple[OfferedOption, NewItem | None]],
        gone: Sequence[NewItem],
        cycle: Cycle,
        units: tuple[int, int] = (1, 1),
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.options = {f"opcao_{option.id}": (option, had) for option, had in offered}
        self.gone = {f"tirar_{item.option_id}": item for item in gone}
        self.units, most = units
        if most > 1 or self.units > 1:
            self.fields[QUANTITY] = quantity_field(max(most, self.units), had=self.units)
        for name, (option, had) in self.options.items():
            self.fields[name] = option_field(option, had, cycle)
        for name, item in self.gone.items():
            words = _("Tirar %(option)s, que não é mais oferecida") % {
                "option": item.description
            }
            self.fields[name] = forms.BooleanField(label=words, required=False)

    def quantity(self) -> int | None:
        """How many of it, where that differs. Only after the form proved valid."""
        said: int = self.cleaned_data.get(QUANTITY, self.units)
        return said if said != self.units else None

    def chosen(self) -> list[Chosen]:
        """What differs from what it has. Only after the form proved valid."""
        said = [
            _chosen(option, had, self.cleaned_data[name])
            for name, (option, had) in self.options.items()
        ]
        gone = [
            Chosen(item.option_id, quantity=0)
            for name, item in self.gone.items()
            if self.cleaned_data[name] and item.option_id
        ]
        return [*(one for one in said if one is not None), *gone]


def change_options(desk: Desk, request: Request, card: SubscriptionCard) -> HttpResponse:
    """Choose, look, confirm: what was chosen comes back with the yes."""
    form = OptionsForm(
        request.POST or None,
        offered=options_to_choose(card.id),
        gone=gone_options(card.id),
        cycle=card.cycle,
        units=units_to_choose(card.id),
    )
    if request.method != "POST" or not form.is_valid():
        return render_page(request, _form_page(card, desk, form))
    try:
        if EXPECTED in request.POST:
            return _confirm(request, card, desk, form)
        shown = _look(request, card, desk, form)
    except Refused as refused:
        return refusal(desk, request, card, refused)
    return render_page(request, _preview_page(request, card, desk, shown))


def _look(
    request: Request, card: SubscriptionCard, desk: Desk, form: OptionsForm
) -> ChangePreview:
    return preview_items(
        subscription_id=card.id,
        wanted=form.chosen(),
        quantity=form.quantity(),
        at=now(),
        when=_when(request, desk),
    )


def _confirm(
    request: Request, card: SubscriptionCard, desk: Desk, form: OptionsForm
) -> HttpResponse:
    said = request.POST[EXPECTED]
    is_number = said.removeprefix("-").isdecimal() and len(said) < 15  # noqa: PLR2004 - of cents
    try:
        confirmed = change_items(
            subscription_id=card.id,
            wanted=form.chosen(),
            quantity=form.quantity(),
            expected_cents=int(said) if is_number else NOBODYS_CENTS,
            when=_when(request, desk),
            at=now(),
        )
    except PreviewOutdated as outdated:
        messages.error(request, str(outdated))
        shown = _look(request, card, desk, form)
        return render_page(request, _preview_page(request, card, desk, shown))
    return was_confirmed(desk, request, confirmed)


def _when(request: Request, desk: Desk) -> ChangeWhen | None:
    said = request.POST.get(WHEN, "")
    return ChangeWhen(said) if desk.chooses_when and said in set(ChangeWhen) else None


def _form_page(card: SubscriptionCard, desk: Desk, form: OptionsForm) -> Any:
    if not form.fields:
        nothing = EmptyState(
            _("Nenhuma opção"), _("O plano desta assinatura não tem opções à venda.")
        )
        return page_of(card, desk, desk.title, [nothing])
    told = _("Antes de confirmar, você vê cada valor da mudança. O que já tem mantém o preço.")
    ask = Form(
        desk.action,
        form_fields(form),
        [
            Button(_("Ver valores"), variant="primary"),
            LinkButton(_("Voltar à assinatura"), desk.back),
        ],
        FormErrors(form) if form.errors else "",
    )
    status = 422 if form.errors else 200
    return page_of(card, desk, desk.title, [Note("info", told), Card([ask])], status=status)


def _preview_page(
    request: Request, card: SubscriptionCard, desk: Desk, shown: ChangePreview
) -> Any:
    body: list[Content] = []
    if shown.lines:
        body.append(Card([lines_table(shown)], title=_("Valores da mudança")))
    elif shown.when == ChangeWhen.PERIOD_END:
        told = _("Nada muda até lá: o que você tem vale até o fim do período já faturado.")
        body.append(Note("info", told))
    buttons = Row(_buttons(request, desk, shown))
    body.append(Card([KeyValues(sums(shown)), buttons], title=_("Resumo")))
    return page_of(card, desk, _("Confira a mudança"), body)


def _buttons(request: Request, desk: Desk, shown: ChangePreview) -> list[Content]:
    sent = {
        name: value
        for name, value in request.POST.dict().items()
        if name.startswith(("opcao_", "tirar_", QUANTITY))
    }
    when = {WHEN: shown.when.value} if desk.chooses_when else {}
    found: list[Content] = [
        confirm_button(desk, shown, {**sent, **when, EXPECTED: str(shown.net_cents)}),
        LinkButton(_("Escolher de novo"), desk.action),
    ]
    if desk.chooses_when:
        is_now = shown.when == ChangeWhen.NOW
        other = ChangeWhen.PERIOD_END if is_now else ChangeWhen.NOW
        words = _("Só no próximo período") if is_now else _("Mudar agora")
        found.append(PostButton(Button(words), desk.action, {**sent, WHEN: other.value}))
    return found


def quantity_field(most: int, *, had: int = 1) -> forms.Field:
    return forms.IntegerField(
        label=_("Quantidade"),
        help_text=_("De 1 a %(most)s.") % {"most": most},
        min_value=1,
        max_value=most,
        initial=had,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def option_field(option: OfferedOption, had: NewItem | None, cycle: Cycle) -> forms.Field:
    priced = [choice for choice in option.choices if cycle in choice.prices]
    if option.kind == OptionKind.CHOICE:
        choices = [(str(one.id), f"{one.name}: {_cost(one, cycle)}") for one in priced]
        return forms.ChoiceField(
            label=option.name,
            help_text=option.summary,
            choices=choices if had else [("", _("Nenhuma")), *choices],
            initial=str(had.choice_id) if had else "",
            required=bool(had),
        )
    words = " · ".join(filter(None, [option.summary, _cost(priced[0], cycle)]))
    if option.kind == OptionKind.SWITCH:
        return forms.BooleanField(
            label=option.name, help_text=words, initial=bool(had), required=False
        )
    return forms.IntegerField(
        label=option.name,
        help_text=words,
        min_value=option.minimum,
        max_value=option.maximum,
        step_size=option.step,
        initial=had.quantity if had else option.minimum,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def _cost(choice: OfferedChoice, cycle: Cycle) -> str:
    return f"{money(choice.prices[cycle].amount)} {CYCLES.get(cycle, '')}"


def _chosen(option: OfferedOption, had: NewItem | None, value: Any) -> Chosen | None:
    if option.kind == OptionKind.CHOICE:
        same = not value or (had is not None and str(had.choice_id) == value)
        return None if same else Chosen(option.id, UUID(value))
    quantity = int(value)
    if quantity == (had.quantity if had else 0):
        return None
    return Chosen(option.id, quantity=quantity)
