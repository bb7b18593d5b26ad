"""What the pages of options are made of."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.catalog.types import (
    ChoiceForm,
    Cycle,
    OfferedChoice,
    OfferedOption,
    OptionKind,
    PlanDetail,
)
from alicerce.apps.catalog.web.components import plan_url
from alicerce.apps.catalog.web.option_forms import OptionFields
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton
from alicerce.ui.component import Content, Words
from alicerce.ui.formats import money
from alicerce.ui.forms import Form, FormErrors, Span, form_field
from alicerce.ui.layout import Card, Row
from alicerce.ui.panels import EmptyState
from alicerce.ui.plans import CYCLES
from alicerce.ui.tables import Cell, Column, Table, TableRow

KINDS: Mapping[OptionKind, Words] = {
    OptionKind.CHOICE: gettext_lazy("Escolha"),
    OptionKind.QUANTITY: gettext_lazy("Quantidade"),
    OptionKind.SWITCH: gettext_lazy("Sim ou não"),
}
KIND_LEADS: Mapping[OptionKind, Words] = {
    OptionKind.CHOICE: gettext_lazy("O comprador escolhe uma; a primeira já vem marcada."),
    OptionKind.QUANTITY: gettext_lazy("O comprador diz quantas quer; o preço é de cada uma."),
    OptionKind.SWITCH: gettext_lazy("O comprador liga ou não."),
}
WIDTHS: Mapping[str, Span] = {
    "name": 3, "position": 3, "minimum": 2, "maximum": 2, "step": 2,
}  # fmt: skip


def new_option_buttons(plan_id: UUID) -> Row:
    return Row(
        [
            LinkButton(
                label,
                f"{reverse('workspace:option_new', args=[plan_id])}?tipo={kind.value}",
                icon="plus",
                size="sm",
            )
            for kind, label in KINDS.items()
        ]
    )


def options_table(options: Sequence[OfferedOption], *, may_write: bool) -> Table:
    return Table(
        _("Opções"),
        [Column(_("Opção"), "name"), Column(_("Tipo")), Column(_("Preços"))],
        [_row(option, may_write=may_write) for option in options],
        empty=EmptyState(
            _("Nenhuma opção"),
            _(
                "Disco extra, e-mails a mais, um endereço IP: o que o comprador pode acrescentar."
            ),
            icon="layers",
        ),
    )


def _row(option: OfferedOption, *, may_write: bool) -> TableRow:
    url = reverse("workspace:option_edit", args=[option.id]) if may_write else ""
    prices = "; ".join(filter(None, (_choice_words(option, c) for c in option.choices)))
    return TableRow(
        [Cell(option.name, url, option.summary), KINDS[option.kind], prices or _("Sem preço")]
    )


def _choice_words(option: OfferedOption, choice: OfferedChoice) -> str:
    amounts = {cycle: price.amount for cycle, price in choice.prices.items()}
    prices = " · ".join(
        f"{money(amounts[cycle])} {str(CYCLES[cycle]).lower()}"
        for cycle in Cycle
        if cycle in amounts
    )
    return f"{choice.name}: {prices}" if option.kind == OptionKind.CHOICE else prices


def option_form(form: OptionFields, plan: PlanDetail) -> list[Content]:
    apart = {name for row in form.rows for name in row}
    said = [
        form_field(bound, span=WIDTHS.get(bound.name, 6))
        for bound in form
        if bound.name not in {*apart, "reason"}
    ]
    rows = [
        form_field(form[name], span=_width(name), prefix=_prefix(name))
        for row in form.rows
        for name in row
    ]
    reason = [form_field(form["reason"])] if "reason" in form.fields else []
    actions: list[Content] = [
        Button(_("Salvar opção"), variant="primary"),
        LinkButton(_("Voltar"), plan_url(plan.id)),
    ]
    form_errors = FormErrors(form) if form.errors else None
    card = Card([Form("", [*said, *rows, *reason], actions, form_errors or "")])
    return [card, *([_retire_dialog(form.option)] if form.option else [])]


def _width(name: str) -> Span:
    part = name.partition("_")[2]
    return 4 if part == "name" else 2


def _prefix(name: str) -> str:
    return "R$" if name.partition("_")[2] in set(Cycle) else ""


def _retire_dialog(option: OfferedOption) -> ConfirmDialog:
    return ConfirmDialog(
        "retirar",
        Button(_("Deixar de oferecer"), icon="ban", variant="ghost"),
        _("Deixar de oferecer %(option)s?") % {"option": option.name},
        [_("Quem a contratou continua com ela, pelo preço que contratou.")],
        _("Deixar de oferecer"),
        reverse("workspace:option_retire", args=[option.id]),
    )


def differences(
    option: OfferedOption, wanted: Mapping[UUID | None, ChoiceForm]
) -> Iterator[tuple[Words, str]]:
    """What would cost something else, before and after."""
    for choice in option.choices:
        if choice.id not in wanted:
            yield choice.name, _("não é mais oferecida")
            continue
        after = wanted[choice.id].prices
        for cycle in Cycle:
            before = choice.prices[cycle].amount if cycle in choice.prices else None
            if before != after.get(cycle):
                words = f"{_amount(before)} → {_amount(after.get(cycle))}"
                yield f"{choice.name} · {CYCLES[cycle]}", words


def _amount(amount: Money | None) -> str:
    return money(amount) if amount is not None else _("não vende")
