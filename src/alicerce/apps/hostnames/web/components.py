"""What the pages of host names are made of."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.hostnames.types import NameState, NameView, WantedRecord
from alicerce.apps.hostnames.web.words import FINDINGS, PURPOSES, STATES
from alicerce.kernel.brazil import display_domain
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Row
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.status import badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, Mono, TimeText

NOTHING = "–"


def name_url(name: NameView) -> str:
    return reverse("workspace:host_name", args=[name.id])


def names_table(found: Sequence[NameView]) -> Table:
    return Table(
        _("Endereços próprios"),
        [
            Column(_("Nome"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Última pergunta ao DNS")),
        ],
        [_row(name) for name in found],
        empty=EmptyState(
            _("Nenhum endereço próprio"),
            _("Os clientes chegam pelo endereço da plataforma até você ligar um nome seu."),
            icon="globe",
        ),
    )


def _row(name: NameView) -> TableRow:
    first = [Badge("info", _("Nos links"))] if name.is_primary else []
    return TableRow(
        [
            Cell(display_domain(name.domain), name_url(name), str(FINDINGS[name.finding])),
            Row([badge(STATES, name.state), *first]),
            TimeText(name.checked_at, "relative") if name.checked_at else NOTHING,
        ],
        alert=name.state is NameState.AT_RISK,
    )


def trouble(name: NameView) -> list[Content]:
    """What the reader should do now; nothing while all is well."""
    if name.state is NameState.AT_RISK and name.lapses_at:
        return [
            Note(
                "warn",
                Row(
                    [
                        _("Crie o registro TXT de novo. Sem ele, o endereço para em"),
                        TimeText(name.lapses_at),
                    ]
                ),
                title=str(FINDINGS[name.finding]),
            )
        ]
    if name.state.leads_here and name.points_here is False:
        told = _(
            "O nome é seu, mas não leva à plataforma: confira os registros. Atrás de uma rede de "
            "distribuição (CDN) isto é normal, se as páginas abrem."
        )
        return [Note("info", told)]
    if not name.state.is_open:
        told = _("Este endereço não leva à empresa. Ligue o nome outra vez para recomeçar.")
        return [Note("info", told)]
    return []


def records_card(records: Sequence[WantedRecord]) -> Card:
    told = _("Crie estes registros onde o DNS do domínio é mantido. Eles podem levar uma hora.")
    return Card([told, *map(_record, records)], title=_("Registros de DNS"))


def _record(record: WantedRecord) -> KeyValues:
    return KeyValues(
        [
            Pair(_("Tipo"), Mono(record.type)),
            Pair(_("Nome"), Mono(record.name), copy=record.name),
            Pair(_("Valor"), Mono(record.value), copy=record.value),
            Pair(_("Para quê"), str(PURPOSES[record.purpose])),
        ]
    )


def facts_card(name: NameView) -> Card:
    times = (
        (_("Criado"), name.created_at),
        (_("Provado"), name.proven_at),
        (_("Última pergunta ao DNS"), name.checked_at),
        (_("Próxima pergunta"), name.next_at),
        (_("Para em"), name.lapses_at),
        (_("Terminou"), name.ended_at),
    )
    pairs = [
        Pair(_("Estado"), badge(STATES, name.state)),
        Pair(_("O que o DNS disse"), str(FINDINGS[name.finding])),
        Pair(_("Leva à plataforma"), _points(name.points_here)),
        *(Pair(label, TimeText(at)) for label, at in times if at),
    ]
    if name.state.leads_here:
        pairs.insert(0, Pair(_("Endereço"), Link(name.url, name.url)))
    return Card([KeyValues(pairs)], title=_("Sobre o endereço"))


def _points(points: bool | None) -> str:  # noqa: FBT001 (three answers: yes, no, nobody knows)
    if points is None:
        return _("Ainda não se sabe")
    return _("Sim") if points else _("Não")


def name_actions(name: NameView) -> list[Content]:
    if not name.state.is_open:
        return [_again(name)]
    actions: list[Content] = [
        _press("host_name_look", name, _("Conferir agora")),
    ]
    if name.state.leads_here:
        actions.append(
            _press("host_name_back", name, _("Tirar dos links"))
            if name.is_primary
            else _press("host_name_first", name, _("Usar nos links"))
        )
    away = reverse("workspace:host_name_detach", args=[name.id])
    return [*actions, LinkButton(_("Desligar"), away, variant="ghost")]


def _press(view: str, name: NameView, label: str) -> PostButton:
    return PostButton(Button(label), reverse(f"workspace:{view}", args=[name.id]))


def _again(name: NameView) -> PostButton:
    attach = reverse("workspace:host_name_new")
    return PostButton(Button(_("Ligar outra vez")), attach, {"domain": name.domain})
