"""Transfers in the client area: only to the services of customers the person acts for."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.hosting import public as hosting
from alicerce.apps.hosting.public import ServiceView
from alicerce.apps.hosting.types import ServiceStatus
from alicerce.apps.transfers.queries import views as queries
from alicerce.apps.transfers.queries.views import PAGE, TransferView
from alicerce.apps.transfers.services.move_transfer import cancel_transfer
from alicerce.apps.transfers.types import Stage
from alicerce.apps.transfers.web import asking
from alicerce.apps.transfers.web import components as parts
from alicerce.apps.transfers.web.forms import ExamineFields, NewFields, initial_of
from alicerce.kernel.access import Request, in_person, requires
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Columns, Crumb
from alicerce.ui.links import here, said_id
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.texts import Text

WATCH = 2


def _url(transfer_id: UUID, view: str = "transfer") -> str:
    return reverse(f"client:{view}", args=[transfer_id])


def _trail(*crumbs: Crumb) -> list[Crumb]:
    return [Crumb(_("Migrações"), reverse("client:transfers")), *crumbs]


def _customers(request: Request) -> tuple[UUID, ...]:
    customers: tuple[UUID, ...] = request.client.having("client:services")  # type: ignore[attr-defined]
    return customers


def _find(request: Request, transfer_id: UUID) -> TransferView:
    """Somebody else's transfer is as absent as one that never was."""
    found = queries.transfer_view(transfer_id)
    if found is None or found.customer_id not in _customers(request):
        raise Http404
    return found


def _service(request: Request, service_id: UUID) -> ServiceView:
    found = hosting.service_view(service_id)
    if found is None or found.customer_id not in _customers(request):
        raise Http404
    return found


def transfer_card(service: ServiceView) -> list[Content]:
    """For the page of a service: how its transfer is, or a way to ask for one."""
    if service.status != ServiceStatus.ACTIVE:
        return []
    found = queries.transfer_of_service(service.id)
    if found and found.stage is not Stage.CANCELED:
        more = LinkButton(_("Ver migração"), _url(found.id), icon="arrow-right", size="sm")
        return [Card([more], title=_("Migração"), aside=parts.stage_badge(found))]
    ask = LinkButton(
        _("Trazer de outro servidor"),
        reverse("client:transfer_new", args=[service.id]),
        icon="download",
        size="sm",
    )
    body = Text(_("Seu site está em outro cPanel? Examinamos a conta e a equipe a traz."))
    return [Card([body], title=_("Migração"), footer=[ask])]


@requires("client:services")
@require_safe
def transfers(request: Request) -> HttpResponse:
    found = queries.transfers(
        customer_ids=_customers(request), before=said_id(request, "antes"), limit=PAGE + 1
    )
    table = parts.transfers_table(
        [(each, _url(each.id)) for each in found[:PAGE]],
        empty=EmptyState(
            _("Nenhuma migração"),
            _("Peça uma na página de um serviço ativo."),
            LinkButton(_("Ver serviços"), reverse("client:services"), icon="server"),
            icon="server",
        ),
        of_company=False,
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found[PAGE - 1].id)) if len(found) > PAGE else "",
    )
    return render_page(request, Page(_("Migrações"), "client", [table]))


@requires("client:services")
@in_person
@require_http_methods(["GET", "POST"])
def transfer_new(request: Request, service_id: UUID) -> HttpResponse:
    service = _service(request, service_id)
    form = NewFields(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and (made := asking.asked(form, service.id))
    ):
        return HttpResponseRedirect(_url(made))
    domain = display_domain(service.domain)
    back = reverse("client:service", args=[service.id])
    place = asking.Place(
        surface="client",
        title=_("Trazer %(domain)s para cá") % {"domain": domain},
        button=_("Pedir migração"),
        back=back,
        crumbs=[
            Crumb(_("Serviços"), reverse("client:services")),
            Crumb(domain, back),
            Crumb(_("Migração")),
        ],
    )
    return render_page(request, asking.form_page(form, place))


@requires("client:services")
@require_safe
def transfer(request: Request, transfer_id: UUID) -> HttpResponse:
    found = _find(request, transfer_id)
    main = parts.story(found, queries.log_of(transfer_id), raw=False)
    if found.stage is Stage.EXAMINING:
        main = [LiveRegion("exame", _url(found.id), WATCH, main)]
    name = display_domain(found.domain)
    page = Page(
        _("Migração de %(domain)s") % {"domain": name},
        "client",
        [
            Columns(
                main,
                [parts.facts(found)],
                side_label=_("Sobre a migração"),
                side_first=False,
            )
        ],
        lead=found.note,
        badge=parts.stage_badge(found),
        breadcrumbs=_trail(Crumb(name)),
        actions=_actions(found),
    )
    return render_page(request, page)


def _actions(found: TransferView) -> list[Content]:
    actions: list[Content] = []
    if found.is_open_to_examination:
        url = _url(found.id, "transfer_examine")
        actions.append(LinkButton(_("Examinar de novo"), url, icon="refresh-cw"))
    if not found.is_over and found.stage is not Stage.MOVING:
        actions.append(_cancel(found))
    return actions


def _cancel(found: TransferView) -> ConfirmDialog:
    return ConfirmDialog(
        "cancelar",
        Button(_("Cancelar migração"), variant="danger"),
        _("Cancelar esta migração?"),
        [_("Nada será movido, e o token da origem será destruído agora.")],
        _("Cancelar migração"),
        _url(found.id, "transfer_cancel"),
    )


@requires("client:services")
@in_person
@require_http_methods(["GET", "POST"])
def transfer_examine(request: Request, transfer_id: UUID) -> HttpResponse:
    found = _find(request, transfer_id)
    form = ExamineFields(
        request.POST or None, initial=initial_of(found), has_token=found.has_token
    )
    back = _url(found.id)
    if request.method == "POST" and form.is_valid() and asking.examined_again(form, found.id):
        return HttpResponseRedirect(back)
    title = _("Examinar de novo")
    place = asking.Place(
        surface="client",
        title=title,
        button=title,
        back=back,
        crumbs=_trail(Crumb(display_domain(found.domain), back), Crumb(title)),
    )
    return render_page(request, asking.form_page(form, place))


@requires("client:services")
@in_person
@require_POST
def transfer_cancel(request: Request, transfer_id: UUID) -> HttpResponse:
    found = _find(request, transfer_id)
    try:
        cancel_transfer(transfer_id=found.id, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Migração cancelada."))
    return HttpResponseRedirect(_url(found.id))


urlpatterns = [
    path("migracoes/", transfers, name="transfers"),
    path("servicos/<uuid:service_id>/migrar/", transfer_new, name="transfer_new"),
    path("migracoes/<uuid:transfer_id>/", transfer, name="transfer"),
    path("migracoes/<uuid:transfer_id>/examinar/", transfer_examine, name="transfer_examine"),
    path("migracoes/<uuid:transfer_id>/cancelar/", transfer_cancel, name="transfer_cancel"),
]
