"""One ticket: its thread, what to write in it, and what one can do about it."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.support import permissions
from alicerce.apps.support.types import MessageKind, MessageView, TicketRow, TicketView
from alicerce.apps.support.web import components
from alicerce.apps.support.web.forms import MessageForm
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Columns, Crumb, Fold, Stack
from alicerce.ui.page import Page
from alicerce.ui.panels import KeyValues, Pair, Timeline, TimelineItem
from alicerce.ui.status import TICKET, badge
from alicerce.ui.texts import Mono, Tag, Text, TimeText, Tone

PAGES_OF = {"provisioning_run": "console:run", "service": "console:service"}
TONES: dict[MessageKind, Tone] = {MessageKind.RESOLVED: "ok", MessageKind.ACTIVATED: "ok"}


def ticket_page(request: Request, found: TicketView, form: MessageForm) -> Page:
    row = found.ticket
    may_write = permissions.WRITE in request.permissions
    main: list[Content] = [_line(message) for message in found.messages]
    if may_write:
        main.append(_composer(row, form))
    return Page(
        row.subject,
        "console",
        [Columns(main, [_facts(row)], side_label=_("Sobre o chamado"), side_first=False)],
        badge=badge(TICKET, row.status),
        breadcrumbs=[
            Crumb(_("Chamados"), reverse("console:tickets")),
            Crumb(f"#{row.number}"),
        ],
        actions=[*_ways(row), *(_moves(request, row) if may_write else [])],
        status=422 if form.errors else 200,
    )


def _line(message: MessageView) -> Content:
    told = _told(message)
    if told:
        item = TimelineItem(told, message.at, author(message), TONES.get(message.kind, ""))
        return Timeline([item])
    body: list[Content] = [Text(part) for part in message.body.split("\n\n")]
    if message.detail:
        body.append(Fold(_("Detalhe técnico"), [Mono(message.detail)]))
    return Card(
        [Stack(body)], title=author(message), lead=_lead(message), aside=TimeText(message.at)
    )


def _told(message: MessageView) -> str:
    """What we say of a line that nobody wrote."""
    words = {
        MessageKind.TAKEN: _("Assumiu o chamado"),
        MessageKind.RESOLVED: _("Chamado resolvido"),
        MessageKind.REOPENED: _("Chamado reaberto"),
        MessageKind.ACTIVATED: _("A ativação terminou bem: não há mais o que fazer"),
    }
    return words.get(message.kind, "")


def _lead(message: MessageView) -> str:
    words = {
        MessageKind.NOTE: _("Nota interna, só a equipe lê"),
        MessageKind.REPLY: _("Resposta enviada ao cliente"),
    }
    return words.get(message.kind, "")


def author(message: MessageView) -> str:
    kind, _colon, rest = message.author.partition(":")
    return components.person(UUID(rest)) if kind == "user" else _("Sistema")


def _composer(row: TicketRow, form: MessageForm) -> Card:
    action = reverse("console:ticket_write", args=[row.tenant_id, row.id])
    return Card(
        [
            Form(
                action,
                form_fields(form),
                [Button(_("Escrever no chamado"), variant="primary")],
                FormErrors(form) if form.errors else "",
            )
        ],
        title=_("Escrever"),
    )


def _facts(row: TicketRow) -> Card:
    tenant = tenancy.tenant_names().get(row.tenant_id, "")
    pairs = [
        Pair(_("Número"), Tag(f"#{row.number}")),
        Pair(_("Prioridade"), components.priority_badge(row.priority)),
        Pair(_("Empresa"), tenant),
        Pair(_("Com quem"), components.assignee_of(row)),
        Pair(_("Aberto"), TimeText(row.opened_at)),
    ]
    if row.resolved_at:
        pairs.append(Pair(_("Resolvido"), TimeText(row.resolved_at)))
    return Card([KeyValues(pairs)], title=_("Sobre o chamado"))


def _ways(row: TicketRow) -> list[Content]:
    if row.entity not in PAGES_OF or row.entity_id is None:
        return []
    url = reverse(PAGES_OF[row.entity], args=[row.tenant_id, row.entity_id])
    return [LinkButton(_("Abrir o que parou"), url, icon="arrow-right")]


def _moves(request: Request, row: TicketRow) -> list[Content]:
    moves: list[Content] = []
    if row.is_open and row.assignee_id != request.user.pk:
        moves.append(_button(row, "ticket_assign", Button(_("Assumir chamado"), icon="user")))
    if row.is_open:
        resolve = Button(_("Resolver chamado"), icon="check", variant="primary")
        return [*moves, _button(row, "ticket_resolve", resolve)]
    return [
        *moves, _button(row, "ticket_reopen", Button(_("Reabrir chamado"), icon="refresh-cw")),
    ]  # fmt: skip


def _button(row: TicketRow, view: str, button: Button) -> PostButton:
    return PostButton(button, reverse(f"console:{view}", args=[row.tenant_id, row.id]))
