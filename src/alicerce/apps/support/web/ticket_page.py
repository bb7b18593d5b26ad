"""One ticket: its thread, what to write in it, and what one can do about it."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from alicerce.apps.customers import public as customers
from alicerce.apps.support import permissions
from alicerce.apps.support.types import MessageKind, MessageView, TicketRow, TicketView
from alicerce.apps.support.web import components
from alicerce.apps.support.web.components import CONSOLE, Desk
from alicerce.apps.support.web.forms import MessageForm
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, needs_of
from alicerce.kernel.products import product_of
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Columns, Crumb, Fold, Stack
from alicerce.ui.page import Page
from alicerce.ui.panels import KeyValues, Pair, Timeline, TimelineItem
from alicerce.ui.status import TICKET, badge
from alicerce.ui.texts import Link, Mono, Tag, Text, TimeText, Tone

PAGES_OF = {"provisioning_run": "run", "service": "service"}
TONES: dict[MessageKind, Tone] = {MessageKind.RESOLVED: "ok", MessageKind.ACTIVATED: "ok"}


def ticket_page(
    request: Request, found: TicketView, form: MessageForm, desk: Desk = CONSOLE
) -> Page:
    row = found.ticket
    may_write = permissions.WRITE in request.permissions
    main: list[Content] = [_line(message) for message in found.messages]
    if may_write:
        main.append(_composer(row, form, desk))
    return Page(
        row.subject,
        desk.surface,
        [
            Columns(
                main,
                [_facts(request, row, desk)],
                side_label=_("Sobre o chamado"),
                side_first=False,
            )
        ],
        badge=badge(TICKET, row.status),
        breadcrumbs=[
            Crumb(_("Chamados"), reverse(f"{desk.surface}:tickets")),
            Crumb(f"#{row.number}"),
        ],
        actions=[
            *_ways(request, row, desk),
            *(_moves(request, row, desk) if may_write else []),
        ],
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


def _composer(row: TicketRow, form: MessageForm, desk: Desk) -> Card:
    action = desk.url(row, "ticket_write")
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


def _facts(request: Request, row: TicketRow, desk: Desk) -> Card:
    pairs = [
        Pair(_("Número"), Tag(f"#{row.number}")),
        Pair(_("Prioridade"), components.priority_badge(row.priority)),
        _whose(request, row, desk),
        Pair(_("Com quem"), components.assignee_of(row)),
        Pair(_("Aberto"), TimeText(row.opened_at)),
    ]
    if row.resolved_at:
        pairs.append(Pair(_("Resolvido"), TimeText(row.resolved_at)))
    return Card([KeyValues(pairs)], title=_("Sobre o chamado"))


def _whose(request: Request, row: TicketRow, desk: Desk) -> Pair:
    if not desk.is_own:
        return Pair(_("Empresa"), tenancy.tenant_names().get(row.tenant_id, ""))
    ids = {row.customer_id} if row.customer_id else set()
    links = customer_links(request, ids)
    shown = links.get(row.customer_id, components.NOTHING) if row.customer_id else ""
    return Pair(_("Cliente"), shown or components.NOTHING)


def customer_links(request: Request, ids: Collection[UUID]) -> Mapping[UUID, Content]:
    """Their names in one query, for who may read customers."""
    if "customers:read" not in request.permissions:
        return {}
    return {
        key: Link(row["name"], reverse("workspace:customer", args=[key]))
        for key, row in customers.customers_by_id(ids).items()
    }


def _ways(request: Request, row: TicketRow, desk: Desk) -> list[Content]:
    """To what the ticket is about, for who may open it there."""
    if row.entity not in PAGES_OF or row.entity_id is None:
        return []
    whose = [] if desk.is_own else [row.tenant_id]
    url = reverse(f"{desk.surface}:{PAGES_OF[row.entity]}", args=[*whose, row.entity_id])
    behind = resolve(url).func
    product = product_of(behind)
    if not needs_of(behind) <= request.permissions:
        return []
    if desk.is_own and product and product not in request.products:
        return []
    return [LinkButton(_("Abrir o que parou"), url, icon="arrow-right")]


def _moves(request: Request, row: TicketRow, desk: Desk) -> list[Content]:
    moves: list[Content] = []
    if row.is_open and row.assignee_id != request.user.pk:
        take = Button(_("Assumir chamado"), icon="user")
        moves.append(PostButton(take, desk.url(row, "ticket_assign")))
    if row.is_open:
        resolve_it = Button(_("Resolver chamado"), icon="check", variant="primary")
        return [*moves, PostButton(resolve_it, desk.url(row, "ticket_resolve"))]
    reopen = Button(_("Reabrir chamado"), icon="refresh-cw")
    return [*moves, PostButton(reopen, desk.url(row, "ticket_reopen"))]
