"""What the pages of rounds of invitations are made of."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.customers.types import Exchange
from alicerce.apps.customers.types.rounds import LeftOut, Outlook, RoundCard
from alicerce.apps.customers.web.forms import RoundFields
from alicerce.apps.customers.web.words import LEFT_OUT, ROUND
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import moment, number
from alicerce.ui.forms import Form, FormErrors, form_field
from alicerce.ui.layout import Card, Section
from alicerce.ui.live import LiveRegion
from alicerce.ui.panels import EmptyState, Note, Stat, StatStrip, Step, Steps, Waiting
from alicerce.ui.status import badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Link

WATCH, SETTLED = 2, 0


def foreseen(seen: Outlook, form: RoundFields) -> list[Content]:
    left = sum(seen.left_out.values())
    strip = StatStrip(
        [
            Stat(_("Recebem convite"), number(seen.invited), tone="ok" if seen.invited else ""),
            Stat(_("Ficam de fora"), number(left)),
        ]
    )
    parts: list[Content] = [strip, *_reasons(seen.left_out)]
    if not seen.invited:
        return [*parts, _nobody()]
    return [*parts, _form(form), Section(_("Os primeiros a receber"), [_people(seen)])]


def _nobody() -> EmptyState:
    return EmptyState(
        _("Ninguém a convidar nesta lista"),
        _("Quem já tem acesso, convite aberto ou está sem e-mail não recebe outro convite."),
        LinkButton(_("Ver clientes"), reverse("workspace:customers")),
        icon="users",
    )


def _form(form: RoundFields) -> Card:
    return Card(
        [
            Form(
                "",
                [form_field(bound, span=3) for bound in form],
                [Button(_("Continuar"), variant="primary")],
                errors=FormErrors(form) if form.errors else "",
            )
        ]
    )


def _people(seen: Outlook) -> Table:
    return Table(
        _("Os primeiros a receber"),
        [Column(_("Cliente"), "name"), Column(_("E-mail"))],
        [
            TableRow(
                [
                    Link(card.name, reverse("workspace:customer", args=[card.id])),
                    Cell(card.email),
                ]
            )
            for card in seen.first
        ],
    )


def _reasons(left_out: Mapping[str, int]) -> list[Content]:
    said = [(reason, left_out[reason]) for reason in LeftOut if left_out.get(reason)]
    if not said:
        return []
    table = Table(
        _("Quem fica de fora"),
        [Column(_("Motivo"), "name"), Column(_("Clientes"), "number")],
        [TableRow([Cell(LEFT_OUT[reason]), number(count)]) for reason, count in said],
    )
    return [Section(_("Quem fica de fora"), [table])]


def left_out_words(left_out: Mapping[str, int]) -> str:
    said = [
        f"{LEFT_OUT[reason]}: {number(left_out[reason])}"
        for reason in LeftOut
        if left_out.get(reason)
    ]
    return " · ".join(said) or _("Ninguém")


def before(rounds: Sequence[RoundCard]) -> list[Content]:
    if not rounds:
        return []
    table = Table(
        _("Envios de convites"),
        [
            Column(_("Início"), "name"),
            Column(_("Situação")),
            Column(_("Convites enviados"), "number"),
            Column(_("Aceitos"), "number"),
        ],
        [
            TableRow(
                [
                    Link(moment(card.started_at), _url(card)),
                    badge(ROUND, card.state),
                    number(card.invited),
                    number(card.accepted),
                ]
            )
            for card in rounds
        ],
    )
    return [Section(_("Envios de convites"), [table])]


def progress(found: RoundCard) -> LiveRegion:
    is_busy = found.state == Exchange.RUNNING and found.due_at is None
    parts: list[Content] = [
        Steps([_writing(found)]),
        StatStrip(
            [
                Stat(_("Convites enviados"), number(found.invited)),
                Stat(_("Aceitos"), number(found.accepted), tone="ok" if found.accepted else ""),
                Stat(_("Por dia"), number(found.a_day)),
            ]
        ),
        *_outcome(found),
        *_reasons(found.left_out),
    ]
    return LiveRegion("convites", _url(found), WATCH if is_busy else SETTLED, parts)


def _writing(found: RoundCard) -> Step:
    said = number(found.invited) + " / " + number(found.expected)
    if found.state == Exchange.RUNNING:
        percent = min(100, round(100 * found.invited / found.expected))
        return Step(_("Convites enviados"), "now", aside=said, percent=percent)
    return Step(
        _("Convites enviados"), "done" if found.state == Exchange.DONE else "fail", aside=said
    )


def _outcome(found: RoundCard) -> list[Content]:
    if found.state == Exchange.RUNNING:
        return [_going(found), _stop(found)]
    if found.state == Exchange.FAILED:
        again = _("Quem recebeu não recebe de novo: comece outro envio com a mesma lista.")
        return [Note("bad", again, title=_("O envio parou por uma falha nossa"))]
    if found.state == Exchange.CANCELED:
        return [Note("warn", _("O envio foi parado. Os convites enviados continuam valendo."))]
    return [Note("ok", _("Todos os convites foram enviados."))]


def _going(found: RoundCard) -> Content:
    if found.due_at is None:
        return Waiting(_("Enviando os convites… você pode sair desta página."))
    when = {"when": moment(found.due_at)}
    return Note("info", _("O envio continua em %(when)s, no horário da régua.") % when)


def _stop(found: RoundCard) -> ConfirmDialog:
    return ConfirmDialog(
        id="parar",
        button=Button(_("Parar o envio")),
        title=_("Parar este envio?"),
        body=[_("Os convites enviados continuam valendo. Os outros não são enviados.")],
        confirm=_("Parar o envio"),
        action=reverse("workspace:customers_round_stop", args=[found.id]),
    )


def _url(found: RoundCard) -> str:
    return reverse("workspace:customers_round", args=[found.id])
