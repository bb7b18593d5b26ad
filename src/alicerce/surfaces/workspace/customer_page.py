"""Everything about one customer, from every app, in parts with their own address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alicerce.apps.audit import permissions as audit_rights
from alicerce.apps.audit.web.components import history
from alicerce.apps.billing import permissions as billing_rights
from alicerce.apps.billing.web.issuer_parts import customer_issuer
from alicerce.apps.billing.web.statement_actions import statement_actions
from alicerce.apps.billing.web.workspace import customer_invoices
from alicerce.apps.collecting.web.workspace import customer_cards
from alicerce.apps.customers import permissions
from alicerce.apps.customers.types import CustomerDetail, CustomerStatus
from alicerce.apps.customers.web import parts
from alicerce.apps.customers.web.components import customer_url, status_actions
from alicerce.apps.customers.web.editing import find, trail
from alicerce.apps.customers.web.words import STATUS
from alicerce.apps.hosting import permissions as hosting_rights
from alicerce.apps.hosting.web.workspace import customer_services
from alicerce.apps.ledger.web.books import statement_parts
from alicerce.apps.metadata.types import ThingKind
from alicerce.apps.metadata.web.components import metadata_cards
from alicerce.apps.orders import permissions as orders_rights
from alicerce.apps.orders.web.workspace import customer_orders
from alicerce.apps.subscriptions.web.workspace import customer_subscriptions
from alicerce.apps.support import permissions as support_rights
from alicerce.apps.support.web.workspace import customer_tickets
from alicerce.apps.taxes import permissions as taxes_rights
from alicerce.apps.taxes.web.customers import customer_taxes
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.console.people import names
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content, Words
from alicerce.ui.layout import Crumb, View, Views
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.status import badge
from alicerce.ui.tables import Table

Show = Callable[[Request, CustomerDetail], Sequence[Content]]


@dataclass(frozen=True)
class Part:
    """A tab: its address, who may open it beyond who reads customers, and what it shows."""

    name: str
    place: str
    label: Words
    permission: str
    show: Show


def _invoices(request: Request, detail: CustomerDetail) -> list[Content]:
    empty = EmptyState(_("Nenhuma fatura ainda"), _("Cada pedido tem a sua."), icon="receipt")
    table, more = customer_invoices(detail.id, before=said_id(request, "antes"), empty=empty)
    older = here(request, antes=str(more)) if more else ""
    newer = here(request, antes="") if "antes" in request.GET else ""
    shown = Table(table.caption, table.columns, table.rows, table.empty, newer, older)
    return [*customer_issuer(request, detail.id), shown]


def _cards(request: Request, detail: CustomerDetail) -> list[Content]:
    return customer_cards(request, detail.id)


def _statement(request: Request, detail: CustomerDetail) -> list[Content]:
    return statement_parts(request, detail.id, statement_actions)


def _taxes(request: Request, detail: CustomerDetail) -> list[Content]:
    return customer_taxes(request, detail.id)


def _orders(request: Request, detail: CustomerDetail) -> list[Content]:
    empty = EmptyState(_("Nenhum pedido ainda"), _("Os pedidos deste cliente aparecem aqui."))
    return [customer_orders(detail.id, empty=empty)]


def _subscriptions(request: Request, detail: CustomerDetail) -> list[Content]:
    empty = EmptyState(_("Nenhuma assinatura aqui"), _("Cada plano que se renova tem a sua."))
    return [customer_subscriptions(detail.id, empty=empty)]


def _services(request: Request, detail: CustomerDetail) -> list[Content]:
    empty = EmptyState(
        _("Nenhum serviço ainda"),
        _("O que este cliente contratar aparece aqui."),
        icon="server",
    )
    return [customer_services(detail.id, empty=empty)]


def _tickets(request: Request, detail: CustomerDetail) -> list[Content]:
    empty = EmptyState(
        _("Nenhum chamado"), _("Os chamados deste cliente aparecem aqui."), icon="life-buoy"
    )
    return [customer_tickets(detail.id, empty=empty)]


def _profile(request: Request, detail: CustomerDetail) -> list[Content]:
    return [*parts.profile(request, detail), *metadata_cards(ThingKind.CUSTOMER, detail.id)]


def _people(request: Request, detail: CustomerDetail) -> list[Content]:
    return parts.people(request, detail, name_of=names())


def _notes(request: Request, detail: CustomerDetail) -> list[Content]:
    return parts.notes(request, detail, name_of=names())


def _history(request: Request, detail: CustomerDetail) -> list[Content]:
    return [history([("customer", detail.id)], name_of=names())]


READ = permissions.READ
PARTS = (
    Part("customer", "", gettext_lazy("Cadastro"), READ, _profile),
    Part("customer_people", "pessoas/", gettext_lazy("Pessoas"), READ, _people),
    Part(
        "customer_services",
        "servicos/",
        gettext_lazy("Serviços"),
        hosting_rights.READ,
        _services,
    ),
    Part(
        "customer_invoices", "faturas/", gettext_lazy("Faturas"), billing_rights.READ, _invoices
    ),
    Part(
        "customer_subscriptions",
        "assinaturas/",
        gettext_lazy("Assinaturas"),
        billing_rights.READ,
        _subscriptions,
    ),
    Part("customer_cards", "cartoes/", gettext_lazy("Cartões"), billing_rights.READ, _cards),
    Part(
        "customer_statement",
        "extrato/",
        gettext_lazy("Extrato"),
        billing_rights.READ,
        _statement,
    ),
    Part("customer_taxes", "impostos/", gettext_lazy("Impostos"), taxes_rights.READ, _taxes),
    Part("customer_orders", "pedidos/", gettext_lazy("Pedidos"), orders_rights.READ, _orders),
    Part(
        "customer_tickets", "chamados/", gettext_lazy("Chamados"), support_rights.READ, _tickets
    ),
    Part("customer_notes", "anotacoes/", gettext_lazy("Anotações"), READ, _notes),
    Part(
        "customer_history", "historico/", gettext_lazy("Histórico"), audit_rights.READ, _history
    ),
)


def _view(part: Part) -> Callable[..., HttpResponseBase]:
    @requires("workspace:enter")
    @requires(permissions.READ)
    @requires(part.permission)
    @require_safe
    def view(request: Request, customer_id: UUID) -> HttpResponse:
        return render_page(request, _page(request, find(customer_id), part))

    return view


def _page(request: Request, detail: CustomerDetail, part: Part) -> Page:
    name = detail.profile.name
    return Page(
        name,
        "workspace",
        [_tabs(request, detail, part), *part.show(request, detail)],
        lead=detail.profile.email,
        badge=badge(STATUS, detail.status),
        breadcrumbs=trail(Crumb(name)),
        actions=_actions(request, detail),
    )


def _tabs(request: Request, detail: CustomerDetail, current: Part) -> Views:
    return Views(
        [
            View(part.label, customer_url(detail.id, part.name), current=part is current)
            for part in PARTS
            if part.permission in request.permissions
        ],
        _("Partes do cliente"),
    )


def _actions(request: Request, detail: CustomerDetail) -> list[Content]:
    actions: list[Content] = []
    if permissions.UPDATE in request.permissions:
        url = customer_url(detail.id, "customer_edit")
        actions += [*status_actions(detail), LinkButton(_("Editar"), url, icon="pencil")]
    if (
        orders_rights.CREATE_SERVICES in request.permissions
        and detail.status == CustomerStatus.ACTIVE
    ):
        url = customer_url(detail.id, "order_new")
        actions.append(LinkButton(_("Novo pedido"), url, icon="plus", variant="primary"))
    return actions


urlpatterns = [
    path(f"clientes/<uuid:customer_id>/{part.place}", _view(part), name=part.name)
    for part in PARTS
]
