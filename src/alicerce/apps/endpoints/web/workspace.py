"""Webhooks and the log of events in a company's workspace: what there is to see."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.endpoints import permissions
from alicerce.apps.endpoints.queries import views as queries
from alicerce.apps.endpoints.queries.views import PAGE
from alicerce.apps.endpoints.rules.catalog import offered, words_of
from alicerce.apps.endpoints.types import DeliveryView, EndpointView
from alicerce.apps.endpoints.web import components as parts
from alicerce.apps.endpoints.web import editing, pressing, replaying, secret_changes
from alicerce.kernel.access import Request, requires
from alicerce.ui.buttons import LinkButton, PostButton
from alicerce.ui.forms import Filters, FilterSelect
from alicerce.ui.layout import Columns, Crumb, Section
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.status import badge
from alicerce.ui.tables import Table

REFRESH = 10


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def webhooks(request: Request) -> HttpResponse:
    found = [(one, queries.health(one.id)) for one in queries.endpoints()]
    actions = [_events_button()] if permissions.READ_EVENTS in request.permissions else []
    if permissions.WRITE in request.permissions:
        actions.append(_add_button())
    page = Page(
        _("Webhooks"),
        "workspace",
        [parts.endpoints_table(found, empty=_nothing(request))],
        lead=_(
            "Seus sistemas ficam sabendo do que acontece aqui, com assinatura e sem perguntar."
        ),
        actions=actions,
    )
    return render_page(request, page)


def _events_button() -> LinkButton:
    return LinkButton(_("Registro de eventos"), reverse("workspace:events"), icon="history")


def _add_button() -> LinkButton:
    url = reverse("workspace:webhook_new")
    return LinkButton(_("Adicionar endereço"), url, icon="plus", variant="primary")


def _nothing(request: Request) -> EmptyState:
    return EmptyState(
        _("Nenhum endereço ainda"),
        _("Adicione um para receber, por exemplo, cada fatura paga no seu sistema."),
        _add_button() if permissions.WRITE in request.permissions else "",
        icon="webhook",
    )


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def webhook(request: Request, endpoint_id: UUID) -> HttpResponse:
    endpoint = editing.find(endpoint_id)
    is_writer = permissions.WRITE in request.permissions
    page = Page(
        endpoint.url,
        "workspace",
        [
            parts.figures(queries.health(endpoint_id)),
            Columns(
                [Section(_("Entregas"), [_filters(request), _deliveries(request, endpoint)])],
                [parts.endpoint_facts(endpoint)],
                side_label=_("Sobre o endereço"),
                side_first=False,
            ),
        ],
        lead=endpoint.description,
        badge=parts.endpoint_badge(endpoint),
        breadcrumbs=editing.trail(Crumb(endpoint.url)),
        actions=pressing.buttons(endpoint) if is_writer else [],
        refresh=REFRESH,
    )
    return render_page(request, page)


def _deliveries(request: Request, endpoint: EndpointView) -> Table:
    asked = request.GET
    found = queries.deliveries(
        endpoint.id,
        status=asked.get("estado", ""),
        kind=asked.get("evento", ""),
        before=said_id(request, "antes"),
        limit=PAGE + 1,
    )
    older = str(found[PAGE - 1].event.id) if len(found) > PAGE else ""
    address = partial(here, request)
    return parts.deliveries_table(
        found[:PAGE],
        empty=EmptyState(
            _("Nenhuma entrega aqui"),
            _("Quando um evento escolhido acontecer, a entrega aparece."),
            icon="send",
        ),
        newer=address(antes="") if "antes" in asked else "",
        older=address(antes=older) if older else "",
    )


def _filters(request: Request) -> Filters:
    asked = request.GET
    states = [("", _("Todos os estados"))]
    states += [(key, str(state.words)) for key, state in parts.DELIVERY.items()]
    return Filters(
        request.path,
        selects=[
            FilterSelect("estado", _("Estado"), states, asked.get("estado", "")),
            _kinds(request),
        ],
    )


def _kinds(request: Request) -> FilterSelect:
    kinds = [("", _("Todos os eventos")), *((event.type, event.type) for event in offered())]
    return FilterSelect("evento", _("Evento"), kinds, request.GET.get("evento", ""))


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def webhook_delivery(request: Request, delivery_id: UUID) -> HttpResponse:
    delivery = queries.delivery(delivery_id)
    if delivery is None:
        raise Http404
    endpoint = editing.find(delivery.endpoint_id)
    attempts = [parts.attempt_card(attempt) for attempt in queries.attempts(delivery_id)]
    page = Page(
        delivery.event.type,
        "workspace",
        [
            Columns(
                [parts.facts_of_event(delivery.event), *attempts],
                [parts.delivery_facts(delivery)],
                side_label=_("Sobre a entrega"),
                side_first=False,
            )
        ],
        lead=words_of(delivery.event.type),
        badge=badge(parts.DELIVERY, delivery.status),
        breadcrumbs=editing.trail(
            Crumb(endpoint.url, parts.endpoint_url(endpoint)), Crumb(delivery.event.type)
        ),
        actions=_replay(request, delivery, endpoint),
        refresh=REFRESH if delivery.status.is_open else 0,
    )
    return render_page(request, page)


def _replay(
    request: Request, delivery: DeliveryView, endpoint: EndpointView
) -> list[PostButton]:
    may = permissions.WRITE in request.permissions
    ready = endpoint.is_enabled and not delivery.status.is_open
    return [pressing.replay_button(delivery)] if may and ready else []


@requires("workspace:enter")
@requires(permissions.READ_EVENTS)
@require_safe
def events(request: Request) -> HttpResponse:
    found = queries.logged_events(
        kind=request.GET.get("evento", ""), before=said_id(request, "antes"), limit=PAGE + 1
    )
    table = parts.events_table(
        found[:PAGE],
        empty=EmptyState(
            _("Nenhum evento aqui"), _("Eventos ficam guardados por 30 dias."), icon="history"
        ),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found[PAGE - 1].id)) if len(found) > PAGE else "",
    )
    page = Page(
        _("Registro de eventos"),
        "workspace",
        [Filters(request.path, selects=[_kinds(request)]), table],
        lead=_("O que aconteceu na empresa nos últimos 30 dias."),
        breadcrumbs=editing.trail(Crumb(_("Registro de eventos"))),
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ_EVENTS)
@require_safe
def event(request: Request, event_id: UUID) -> HttpResponse:
    found = queries.logged_event(event_id)
    if found is None:
        raise Http404
    page = Page(
        found.type,
        "workspace",
        [parts.facts_of_event(found)],
        lead=words_of(found.type),
        breadcrumbs=editing.trail(
            Crumb(_("Registro de eventos"), reverse("workspace:events")), Crumb(found.type)
        ),
    )
    return render_page(request, page)


urlpatterns = [
    path("desenvolvedores/webhooks/", webhooks, name="webhooks"),
    *editing.urlpatterns,
    path("desenvolvedores/webhooks/<uuid:endpoint_id>/", webhook, name="webhook"),
    path(
        "desenvolvedores/webhooks/entregas/<uuid:delivery_id>/",
        webhook_delivery,
        name="webhook_delivery",
    ),
    path("desenvolvedores/eventos/", events, name="events"),
    path("desenvolvedores/eventos/<uuid:event_id>/", event, name="event"),
    *pressing.urlpatterns,
    *replaying.urlpatterns,
    *secret_changes.urlpatterns,
]
