"""What the pages of dunning are made of."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.dunning.queries.futures import Future
from alicerce.apps.dunning.rules.ladders import Flaw
from alicerce.apps.dunning.types import Planned, Standing, StepKind, TakenView
from alicerce.apps.dunning.web.words import FLAWS, KINDS, OUTCOMES, offset_words
from alicerce.apps.notify.types import Sample
from alicerce.kernel.rest.answers import Row
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day
from alicerce.ui.forms import Form, FormErrors, Span, form_field
from alicerce.ui.layout import Card, Divider, Fold, Stack, View, Views
from alicerce.ui.panels import EmptyState, Note
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, MoneyText, Text, TimeText, Tone

NOTHING = "–"
SPANS: Mapping[str, Span] = {
    "offset_days": 2,
    "kind": 4,
    "note": 4,
    "drop": 2,
    "name": 6,
    "opens": 2,
    "closes": 2,
    "notice_hours": 2,
    "due_on": 3,
    "who": 3,
}
UNITS: Mapping[str, str] = {"opens": "h", "closes": "h", "notice_hours": "h"}
TONES: Mapping[StepKind, Tone] = {
    StepKind.SUSPEND_WEB: "warn",
    StepKind.SUSPEND_ALL: "bad",
    StepKind.END: "bad",
    StepKind.BANNER: "info",
    StepKind.OVERDUE: "warn",
}


def views(current: str) -> Views:
    words = {"dunning": _("Em atraso"), "dunning_ladder": _("Régua")}
    return Views(
        [
            View(label, reverse(f"workspace:{name}"), current=name == current)
            for name, label in words.items()
        ],
        _("Partes da cobrança"),
    )


def kind_badge(kind: StepKind) -> Badge:
    return Badge(TONES.get(kind, ""), KINDS[kind])


def overdue_table(
    standings: Sequence[Standing],
    invoices: Mapping[UUID, InvoiceSummary],
    names: Mapping[UUID, Row],
    *,
    newer: str,
    older: str,
) -> Table:
    return Table(
        _("Faturas em atraso"),
        [
            Column(_("Fatura"), "name"),
            Column(_("Último passo"), "status"),
            Column(_("Cliente")),
            Column(_("Vencimento")),
            Column(_("A pagar"), "number"),
            Column(_("Próximo passo")),
        ],
        [
            _overdue_row(each, invoices[each.invoice_id], names.get(each.customer_id))
            for each in standings
            if each.invoice_id in invoices
        ],
        empty=EmptyState(
            _("Ninguém em atraso"),
            _("Quando uma fatura passar do vencimento, ela aparece aqui."),
            icon="circle-check",
        ),
        newer=newer,
        older=older,
    )


def _overdue_row(each: Standing, invoice: InvoiceSummary, customer: Row | None) -> TableRow:
    url = reverse("workspace:dunning_invoice", args=[each.invoice_id])
    last = each.taken[-1].kind if each.taken else StepKind.OVERDUE
    return TableRow(
        [
            Cell(_("Fatura nº %(number)s") % {"number": invoice.code}, url),
            kind_badge(last),
            customer["name"] if customer else NOTHING,
            day(each.due_on),
            MoneyText(invoice.remaining),
            next_words(each.next),
        ]
    )


def next_words(step: Planned | None) -> Content:
    if step is None:
        return _("A régua terminou")
    return Cell(KINDS[step.kind], "", TimeText(step.at))


def taken_table(taken: Sequence[TakenView]) -> Table:
    return Table(
        _("O que já aconteceu"),
        [
            Column(_("Passo"), "name"),
            Column(_("Resultado"), "status"),
            Column(_("Quando")),
            Column(_("Régua"), "extra"),
        ],
        [
            TableRow(
                [
                    Cell(KINDS[row.kind], "", offset_words(row.offset_days)),
                    Badge("", OUTCOMES[row.outcome]),
                    TimeText(row.at),
                    _("%(name)s, versão %(version)s")
                    % {"name": row.ladder, "version": row.version},
                ]
            )
            for row in taken
        ],
        empty=EmptyState(_("Nada ainda"), _("O primeiro passo ainda vem."), icon="clock"),
    )


def future_card(future: Future) -> Card:
    title = _("%(name)s · fatura nº %(number)s · vence em %(day)s") % {
        "name": future.customer.name,
        "number": future.owed.code,
        "day": day(future.owed.due_on),
    }
    return Card([future_table(future)], title=title)


def future_table(future: Future) -> Table:
    return Table(
        _("Dia a dia, se ninguém pagar"),
        [
            Column(_("Quando"), "name"),
            Column(_("O que acontece"), "status"),
            Column(_("E-mail")),
        ],
        [_future_row(step, letter) for step, letter in future.days],
        empty=EmptyState(
            _("Nada mais acontece"), _("A régua já terminou para esta fatura."), icon="check"
        ),
    )


def _future_row(step: Planned, letter: Sample | None) -> TableRow:
    return TableRow(
        [
            Cell(offset_words(step.offset_days), "", TimeText(step.at)),
            kind_badge(step.kind),
            _letter(letter) if letter else NOTHING,
        ]
    )


def _letter(letter: Sample) -> Fold:
    lines = [Text(line) for line in letter.text.splitlines() if line.strip()]
    return Fold(letter.subject, [Stack(lines)], icon="mail")


def flaws_note(flaws: Sequence[Flaw]) -> Note:
    return Note(
        "bad",
        Stack([Text(FLAWS[flaw]) for flaw in flaws]),
        title=_("Esta régua não pode ser salva assim."),
    )


def ladder_form(terms: BaseForm, steps: Any, trying: BaseForm, *, errors: bool) -> Form:
    """Everything in one form: what is typed is tried and saved as it stands."""
    fields: list[Content] = [steps.management_form]
    for step in steps:
        fields += [_field(bound) for bound in step if not _is_for_later(step, bound)]
        fields.append(Divider())
    fields += [_field(bound) for bound in terms]
    fields += [Divider(), *(_field(bound) for bound in trying)]
    actions: list[Content] = [
        Button(_("Simular"), icon="eye", name="fazer", value="simular"),
        Button(_("Mais um passo"), icon="plus", name="fazer", value="somar", variant="ghost"),
        Button(_("Salvar como outra régua"), name="fazer", value="copiar", variant="ghost"),
        Button(_("Salvar régua"), name="fazer", value="salvar", variant="primary"),
    ]
    return Form("", fields, actions, FormErrors(terms) if errors and terms.errors else "")


def _is_for_later(step: BaseForm, bound: Any) -> bool:
    """What is not there yet cannot be removed."""
    return bool(bound.name == "drop" and step.empty_permitted)


def _field(bound: Any) -> Content:
    return form_field(bound, span=SPANS.get(bound.name, 6), suffix=UNITS.get(bound.name, ""))


def steps_table(standing_name: str, rungs: Sequence[Any]) -> Table:
    """A ladder to read."""
    return Table(
        standing_name,
        [Column(_("Dia"), "name"), Column(_("O que acontece"), "status"), Column(_("Frase"))],
        [
            TableRow(
                [
                    Cell(offset_words(rung.offset_days)),
                    kind_badge(rung.kind),
                    rung.note or NOTHING,
                ]
            )
            for rung in rungs
        ],
    )


def override_button(customer_id: UUID) -> LinkButton:
    url = reverse("workspace:dunning_override", args=[customer_id])
    return LinkButton(_("Abrir exceção"), url, icon="clock")
