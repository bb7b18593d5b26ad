"""What the pages of moved prices are made of."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.catalog.types import PlanDetail, PriceHistory
from alicerce.apps.subscriptions.queries.move_pages import moves_of_plan
from alicerce.apps.subscriptions.types.price_moves import (
    MovedStatus,
    MovedView,
    MovePreview,
    MoveProgress,
    MoveStatus,
    MoveView,
)
from alicerce.apps.subscriptions.web.forms import MoveFields
from alicerce.kernel.access import Request
from alicerce.kernel.brazil import display_domains
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money, number
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Columns, Crumb, Row, Section, View, Views
from alicerce.ui.links import here
from alicerce.ui.page import Page
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair, Stat, StatStrip
from alicerce.ui.plans import CYCLES
from alicerce.ui.status import Status, Statuses, badge
from alicerce.ui.tables import Cell, Column, Meter, Table, TableRow
from alicerce.ui.texts import MoneyText, TimeText

NOTHING = "–"
STATES: Statuses = {
    MoveStatus.SCHEDULED: Status("info", gettext_lazy("Agendado")),
    MoveStatus.DONE: Status("ok", gettext_lazy("Concluído")),
    MoveStatus.CANCELED: Status("", gettext_lazy("Cancelado")),
}
MOVED: Statuses = {
    MovedStatus.WAITING: Status("info", gettext_lazy("Esperando")),
    MovedStatus.APPLIED: Status("ok", gettext_lazy("No novo preço")),
    MovedStatus.LEFT: Status("", gettext_lazy("Saiu do plano")),
    MovedStatus.WITHDRAWN: Status("", gettext_lazy("Cancelado")),
}


def move_url(move_id: UUID) -> str:
    return reverse("workspace:price_move", args=[move_id])


def moves_section(plan: PlanDetail, *, may_write: bool) -> list[Content]:
    """On the page of a plan: what was scheduled, and scheduling more; nothing while it has one price."""
    older = {(one.cycle, one.amount.currency) for one in plan.versions if not one.is_active}
    movable = [one for one in plan.active if (one.cycle, one.amount.currency) in older]
    moves = moves_of_plan(plan.id)
    if not moves and not movable:
        return []
    buttons: list[Content] = [
        LinkButton(
            _("Reajustar: %(cycle)s") % {"cycle": str(CYCLES[one.cycle]).lower()},
            reverse("workspace:price_move_new", args=[one.id]),
            size="sm",
        )
        for one in movable
        if may_write and one.cycle != "one_off"
    ]
    return [Section(_("Reajustes de quem já contratou"), [_moves_table(moves)], Row(buttons))]


def _moves_table(moves: Sequence[MoveView]) -> Table:
    return Table(
        _("Reajustes"),
        [
            Column(_("Novo preço"), "name"),
            Column(_("Estado"), "status"),
            Column(_("A partir de")),
            Column(_("No novo preço")),
            Column(_("Por mês, antes e depois"), "number"),
        ],
        [_move(move) for move in moves],
        empty=EmptyState(
            _("Ninguém é reajustado sozinho"),
            _("Quem já contratou paga o que contratou, até você agendar um reajuste."),
            icon="tag",
        ),
    )


def _move(move: MoveView) -> TableRow:
    return TableRow(
        [
            Cell(money(move.amount), move_url(move.id), str(CYCLES[move.cycle])),
            badge(STATES, move.status),
            day(move.first_on),
            _applied(move),
            f"{money(move.sums.monthly_before)} → {money(move.sums.monthly_after)}",
        ]
    )


def _applied(move: MoveView) -> Meter:
    done, all_ = move.progress.applied, move.sums.subscriptions
    return Meter(
        done, all_, _("No novo preço"), f"{number(done)}/{number(all_)}", is_progress=True
    )


def version_words(amount: Money, since: datetime) -> str:
    words = _("%(amount)s, vendido desde %(day)s")
    return words % {"amount": money(amount), "day": day(since)}


def nobody(shown: MovePreview) -> str:
    words = _(
        "Nenhuma assinatura mudaria: %(own)s com preço próprio, %(leaving)s que já vão terminar, "
        "%(other)s em outro reajuste."
    )
    told = {"own": shown.own_price, "leaving": shown.leaving, "other": shown.in_another}
    return words % told


def new_page(history: PriceHistory, form: MoveFields) -> Page:
    told = _(
        "Quem já contratou só muda de preço assim: numa renovação, avisado por e-mail com "
        "antecedência, e livre para cancelar sem multa até lá. Preços próprios ficam de fora."
    )
    back = reverse("workspace:plan", args=[history.plan_id])
    ask = Form(
        reverse("workspace:price_move_new", args=[history.price_id]),
        form_fields(form),
        [Button(_("Ver os valores"), variant="primary"), LinkButton(_("Voltar"), back)],
        FormErrors(form) if form.errors else "",
    )
    facts = KeyValues(
        [
            Pair(_("Preço em vigor"), MoneyText(history.amount)),
            Pair(_("Periodicidade"), CYCLES[history.cycle]),
        ]
    )
    return Page(
        _("Reajustar quem já contratou"),
        "workspace",
        [Note("info", told), Card([facts, ask])],
        lead=history.plan_name,
        breadcrumbs=[*_trail(history.plan_id, history.plan_name), Crumb(_("Reajuste"))],
        width="narrow",
        status=422 if form.errors else 200,
    )


def move_page(
    move: MoveView,
    rows: Sequence[MovedView],
    *,
    plan_name: str,
    may_write: bool,
    views: Views,
    newer: str,
    older: str,
) -> Page:
    main: list[Content] = [_figures(move), views, _rows_table(rows, newer=newer, older=older)]
    return Page(
        _("Reajuste para %(amount)s") % {"amount": money(move.amount)},
        "workspace",
        [Columns(main, [_facts(move)], side_label=_("Sobre o reajuste"), side_first=False)],
        lead=plan_name,
        badge=badge(STATES, move.status),
        breadcrumbs=[*_trail(move.plan_id, plan_name), Crumb(_("Reajuste"))],
        actions=[_cancel(move)] if may_write and move.status == MoveStatus.SCHEDULED else [],
    )


def _trail(plan_id: UUID, plan_name: str) -> list[Crumb]:
    return [
        Crumb(_("Catálogo"), reverse("workspace:catalog")),
        Crumb(plan_name, reverse("workspace:plan", args=[plan_id])),
    ]


def _figures(move: MoveView) -> StatStrip:
    done, all_ = move.progress, number(move.sums.subscriptions)
    return StatStrip(
        [
            Stat(_("Avisadas"), f"{number(done.told)}/{all_}"),
            Stat(_("No novo preço"), f"{number(done.applied)}/{all_}"),
            Stat(_("Esperando"), number(done.waiting)),
            Stat(_("Saíram do plano"), number(done.left)),
        ]
    )


def _facts(move: MoveView) -> Card:
    sums = move.sums
    pairs = [
        Pair(_("A partir de"), day(move.first_on)),
        Pair(_("Aviso"), _("%(days)s dias antes, no mínimo") % {"days": move.notice_days}),
        Pair(_("Clientes"), number(sums.customers)),
        Pair(_("Cada ciclo, antes"), MoneyText(sums.before)),
        Pair(_("Cada ciclo, depois"), MoneyText(sums.after)),
        Pair(_("Por mês, antes"), MoneyText(sums.monthly_before)),
        Pair(_("Por mês, depois"), MoneyText(sums.monthly_after)),
        Pair(_("Motivo"), move.reason),
        Pair(_("Agendado"), TimeText(move.asked_at)),
    ]
    if move.canceled_at:
        pairs.append(Pair(_("Cancelado"), TimeText(move.canceled_at)))
    return Card([KeyValues(pairs)], title=_("Sobre o reajuste"))


def views(request: Request, said: str, progress: MoveProgress) -> Views:
    counts = {
        MovedStatus.WAITING: progress.waiting,
        MovedStatus.APPLIED: progress.applied,
        MovedStatus.LEFT: progress.left,
        MovedStatus.WITHDRAWN: progress.withdrawn,
    }
    return Views(
        [
            View(_("Todas"), here(request, estado="", depois=""), current=not said),
            *(
                View(
                    MOVED[status].words,
                    here(request, estado=status.value, depois=""),
                    current=said == status,
                    count=count,
                )
                for status, count in counts.items()
            ),
        ],
        _("Estados"),
    )


def _rows_table(rows: Sequence[MovedView], *, newer: str, older: str) -> Table:
    return Table(
        _("Assinaturas do reajuste"),
        [
            Column(_("Assinatura"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Antes"), "number"),
            Column(_("Depois"), "number"),
            Column(_("A partir de")),
            Column(_("Avisada")),
        ],
        [_moved(row) for row in rows],
        empty=_("Nenhuma assinatura neste estado."),
        newer=newer,
        older=older,
    )


def _moved(row: MovedView) -> TableRow:
    url = reverse("workspace:subscription", args=[row.subscription_id])
    return TableRow(
        [
            Cell(display_domains(row.description), url),
            badge(MOVED, row.status),
            MoneyText(row.before),
            MoneyText(row.after),
            day(row.effective_on),
            TimeText(row.told_at, "date") if row.told_at else NOTHING,
        ]
    )


def _cancel(move: MoveView) -> ConfirmDialog:
    return ConfirmDialog(
        "cancelar",
        Button(_("Cancelar reajuste"), icon="ban", variant="ghost"),
        _("Cancelar o reajuste?"),
        [
            _(
                "Quem ainda não paga o novo preço continua com o antigo, e quem já foi avisado "
                "recebe um e-mail. Quem já paga o novo preço continua com ele."
            )
        ],
        _("Cancelar reajuste"),
        reverse("workspace:price_move_cancel", args=[move.id]),
    )
