"""What the pages of taxes are made of."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.taxes.queries import percent
from alicerce.apps.taxes.rules import is_pushed_up
from alicerce.apps.taxes.types import ExemptionCard, TaxCard, TaxKind, TaxSpec, Withholding
from alicerce.apps.taxes.web.words import CUSTOMERS, KINDS, MANNERS, WITHHOLDINGS
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content, Words
from alicerce.ui.formats import day
from alicerce.ui.panels import EmptyState
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge


def new_tax_button() -> LinkButton:
    return LinkButton(
        _("Novo imposto"), reverse("workspace:tax_new"), icon="plus", variant="primary"
    )


def taxes_table(cards: Sequence[TaxCard], *, today: date, may_write: bool) -> Table:
    return Table(
        _("Impostos"),
        [
            Column(_("Imposto"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Alíquota"), "number"),
            Column(_("De quem")),
            Column(_("Vigência")),
            *([Column(_("Ações"), "actions")] if may_write else []),
        ],
        [_row(card, today, may_write=may_write) for card in cards],
        empty=EmptyState(
            _("Nenhum imposto"),
            _("As faturas pedem só os preços. Um imposto novo entra nas próximas."),
            new_tax_button() if may_write else "",
            icon="receipt",
        ),
    )


def _row(card: TaxCard, today: date, *, may_write: bool) -> TableRow:
    spec = card.spec
    return TableRow(
        [
            Cell(spec.name, "", f"{KINDS[spec.kind]} · {MANNERS[spec.manner]}"),
            state(card, today),
            percent(spec.rate_ppm),
            whose(spec),
            days(card.spec.starts_on, card.ends_on),
            *([_end(card)] if may_write else []),
        ]
    )


def _end(card: TaxCard) -> Content:
    if card.ends_on is not None:
        return ""
    return LinkButton(_("Encerrar"), reverse("workspace:tax_end", args=[card.id]), size="sm")


def state(card: TaxCard, today: date) -> Badge:
    if card.is_in_force(today):
        return Badge("ok", _("Em vigor"))
    if card.spec.starts_on > today and (card.ends_on is None or card.ends_on >= today):
        return Badge("info", _("Ainda não começou"))
    return Badge("", _("Encerrado"))


def whose(spec: TaxSpec) -> str:
    """Whom it falls on, in few words."""
    said = [str(CUSTOMERS[spec.customer_kind])]
    if spec.city_code or spec.state:
        said.append(spec.city_code or spec.state)
    if spec.service_code:
        said.append(_("serviço %(code)s") % {"code": spec.service_code})
    if spec.withholding != Withholding.NEVER:
        said.append(_("retido"))
    return " · ".join(said)


def days(first: date, last: date | None) -> str:
    if last is None:
        return _("Desde %(day)s") % {"day": day(first, style="short")}
    return _("%(first)s a %(last)s") % {
        "first": day(first, style="short"),
        "last": day(last, style="short"),
    }


def facts_of(spec: TaxSpec) -> list[tuple[Words, Words]]:
    """A tax, seen once more before it is written down."""
    facts: list[tuple[Words, Words]] = [
        (_("Nome na fatura"), spec.name),
        (_("Tributo"), KINDS[spec.kind]),
        (_("Alíquota"), percent(spec.rate_ppm)),
        (_("Como entra no preço"), MANNERS[spec.manner]),
        (_("Retido na fonte"), WITHHOLDINGS[spec.withholding]),
        (_("De quem"), whose(spec)),
        (_("Vale a partir de"), day(spec.starts_on)),
    ]
    if is_pushed_up(spec):
        facts.append((_("Atenção"), _("A lei deixa o ISS entre 2 e 5 por cento.")))
    return facts


def kind_words(kind: str) -> Words:
    return KINDS[TaxKind(kind)] if kind else _("Todos os impostos")


def exemptions_table(found: Sequence[ExemptionCard], *, today: date, may_write: bool) -> Table:
    return Table(
        _("Isenções"),
        [
            Column(_("Isento de"), "name"),
            Column(_("Vigência")),
            *([Column(_("Ações"), "actions")] if may_write else []),
        ],
        [
            TableRow(
                [
                    Cell(kind_words(one.kind), "", one.reason),
                    days(one.starts_on, one.ends_on),
                    *([_lift(one, today)] if may_write else []),
                ]
            )
            for one in found
        ],
        empty=EmptyState(_("Nenhuma isenção"), _("Este cliente paga os impostos de todos.")),
    )


def _lift(one: ExemptionCard, today: date) -> Content:
    if one.ends_on is not None and one.ends_on <= today:
        return ""
    url = reverse("workspace:customer_exemption_end", args=[one.id])
    return PostButton(Button(_("Encerrar"), size="sm"), url)
