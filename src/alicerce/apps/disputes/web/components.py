"""What the pages of disputes are made of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.disputes.queries.letters import left_words
from alicerce.apps.disputes.rules.course import days_left
from alicerce.apps.disputes.types import DisputeKind, DisputeView
from alicerce.apps.disputes.web import words
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.rest.answers import Row
from alicerce.ui.component import Content
from alicerce.ui.formats import moment_in
from alicerce.ui.layout import Card
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.status import badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, MoneyText, TimeText

NOTHING = "–"
SOON = 3


def zone() -> ZoneInfo:
    return ZoneInfo(tenancy.tenant_card().time_zone)


def status_badge(view: DisputeView) -> Badge:
    return badge(words.STATUSES, view.status)


def deadline(view: DisputeView, *, at: datetime, where: ZoneInfo) -> Content:
    """The last moment, and how many local days that is; what is answered or decided has none."""
    if view.respond_by is None or not view.is_undecided:
        return NOTHING
    if view.answer is not None:
        return Badge("ok", _("Respondida"))
    days = days_left(view.respond_by, at=at, zone=where)
    told: Content = Badge("bad", left_words(days)) if days < SOON else left_words(days)
    return Cell(told, "", TimeText(view.respond_by))  # type: ignore[arg-type]


def disputes_table(
    disputes: Sequence[DisputeView],
    names: Mapping[UUID, Row],
    *,
    at: datetime,
    empty: EmptyState,
    newer: str,
    older: str,
) -> Table:
    where = zone()
    return Table(
        _("Disputas"),
        [
            Column(_("Disputa"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Cliente")),
            Column(_("Motivo")),
            Column(_("Prazo")),
            Column(_("Valor"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(
                        f"{words.KINDS[one.kind]} · {one.external_id[-12:]}",
                        reverse("workspace:dispute", args=[one.id]),
                        TimeText(one.opened_at, "date"),
                    ),
                    status_badge(one),
                    _name(one.customer_id, names),
                    words.reason_words(one.reason),
                    deadline(one, at=at, where=where),
                    MoneyText(one.amount),
                ]
            )
            for one in disputes
        ],
        empty=empty,
        newer=newer,
        older=older,
    )


def _name(customer_id: UUID | None, names: Mapping[UUID, Row]) -> Content:
    found = names.get(customer_id) if customer_id else None
    return found["name"] if found else NOTHING


def facts_card(view: DisputeView, *, invoice: InvoiceSummary | None, at: datetime) -> Card:
    pairs = [
        Pair(_("Valor"), MoneyText(view.amount)),
        Pair(_("Motivo"), words.reason_words(view.reason) or NOTHING),
        Pair(_("Aberta em"), TimeText(view.opened_at)),
        Pair(_("Prazo"), _last_moment(view, at=at)),
        Pair(_("No provedor"), view.external_id, copy=view.external_id),
        Pair(_("Fatura"), _invoice_link(invoice)),
    ]
    if view.closed_at:
        pairs.append(Pair(_("Decidida em"), TimeText(view.closed_at)))
    return Card([KeyValues(pairs)], title=_("Sobre a disputa"))


def _last_moment(view: DisputeView, *, at: datetime) -> str:
    """One line: the moment, and while there is something to say, how much time is left."""
    if view.respond_by is None:
        return NOTHING
    if not view.is_answerable(at):
        return moment_in(zone(), view.respond_by)
    left = left_words(days_left(view.respond_by, at=at, zone=zone()))
    return f"{moment_in(zone(), view.respond_by)} · {left}"


def money_card(view: DisputeView) -> Card:
    """What the dispute has cost by now."""
    pairs = [
        Pair(_("Retirado"), MoneyText(view.taken)),
        Pair(_("Devolvido a nós"), MoneyText(view.returned)),
        Pair(_("Tarifas"), MoneyText(view.fee)),
    ]
    return Card([KeyValues(pairs)], title=_("Dinheiro"))


def answer_card(view: DisputeView) -> list[Content]:
    if view.answer is None:
        return []
    pairs = [
        Pair(_("Resposta"), words.ANSWERS[view.answer.kind]),
        Pair(_("Estado"), badge(words.STATES, view.answer.state)),
        Pair(_("Enviada em"), TimeText(view.answer.begun_at)),
    ]
    return [Card([KeyValues(pairs)], title=_("O que respondemos"))]


def notes(view: DisputeView) -> list[Content]:
    """What whoever opens the page must know first."""
    found: list[Content] = []
    if view.refused:
        found.append(Note("bad", view.refused, title=_("O provedor não aceitou a resposta")))
    if view.payment_id is None:
        text = _("O pagamento dela ainda não está nos livros. Assim que estiver, tudo se liga.")
        found.append(Note("warn", text))
    if view.suspends and view.is_undecided:
        found.append(
            Note("info", _("Os serviços deste pagamento ficam suspensos até a decisão."))
        )
    if view.kind == DisputeKind.MED and view.is_undecided:
        text = _("Por um aviso de MED nada se encerra: o banco analisa em até 7 dias.")
        found.append(Note("info", text))
    return found


def _invoice_link(invoice: InvoiceSummary | None) -> Content:
    if invoice is None:
        return NOTHING
    number = _("Fatura nº %(number)s") % {"number": invoice.code}
    return Link(number, reverse("workspace:invoice", args=[invoice.id]))
