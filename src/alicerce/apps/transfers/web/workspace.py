"""Transfers in a company's workspace: the list, one of them, and what people do about it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.hosting import public as hosting
from alicerce.apps.transfers import permissions
from alicerce.apps.transfers.queries import views as queries
from alicerce.apps.transfers.queries.views import PAGE, TransferView
from alicerce.apps.transfers.services.move_transfer import (
    cancel_transfer,
    finish_moving,
    start_moving,
)
from alicerce.apps.transfers.types import Stage
from alicerce.apps.transfers.web import asking
from alicerce.apps.transfers.web import components as parts
from alicerce.apps.transfers.web.forms import (
    ActFields,
    ExamineFields,
    NewFieldsOfCompany,
    initial_for,
    initial_of,
)
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import BadDomain, display_domain, normalize_domain
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, form_fields
from alicerce.ui.layout import Card, Columns, Crumb, View, Views
from alicerce.ui.links import here, said_id
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, Pair
from alicerce.ui.texts import Link

WATCH = 2
VIEWS: dict[str, tuple[Stage, ...]] = {
    "": (),
    "prontas": (Stage.READY, Stage.MOVING),
    "bloqueadas": (Stage.BLOCKED,),
    "encerradas": (Stage.DONE, Stage.CANCELED, Stage.FAILED),
}


def transfer_url(transfer_id: UUID, view: str = "transfer") -> str:
    return reverse(f"workspace:{view}", args=[transfer_id])


def trail(*crumbs: Crumb) -> list[Crumb]:
    return [Crumb(_("Migrações"), reverse("workspace:transfers")), *crumbs]


def find(transfer_id: UUID) -> TransferView:
    found = queries.transfer_view(transfer_id)
    if found is None:
        raise Http404
    return found


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def transfers(request: Request) -> HttpResponse:
    chosen = request.GET.get("visao", "")
    found = queries.transfers(
        stages=VIEWS.get(chosen, ()), before=said_id(request, "antes"), limit=PAGE + 1
    )
    may_ask = permissions.CREATE in request.permissions
    table = parts.transfers_table(
        [(each, transfer_url(each.id)) for each in found[:PAGE]],
        empty=_nothing(may_ask=may_ask),
        of_company=True,
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found[PAGE - 1].id)) if len(found) > PAGE else "",
    )
    page = Page(
        _("Migrações"),
        "workspace",
        [_views(request, chosen), table],
        lead=_("Contas que vêm de outro servidor cPanel: o exame é nosso, mover é da equipe."),
        actions=[_ask_button()] if may_ask else [],
    )
    return render_page(request, page)


def _ask_button() -> LinkButton:
    url = reverse("workspace:transfer_new")
    return LinkButton(_("Pedir migração"), url, icon="plus", variant="primary")


def _nothing(*, may_ask: bool) -> EmptyState:
    return EmptyState(
        _("Nenhuma migração aqui"),
        _("Peça uma para trazer uma conta cPanel de outro servidor."),
        _ask_button() if may_ask else "",
        icon="server",
    )


def _views(request: Request, chosen: str) -> Views:
    words = {
        "": _("Todas"),
        "prontas": _("Prontas"),
        "bloqueadas": _("Bloqueadas"),
        "encerradas": _("Encerradas"),
    }
    return Views(
        [
            View(words[key], here(request, visao=key, antes=""), current=key == chosen)
            for key in VIEWS
        ],
        _("Visões"),
    )


@requires("workspace:enter")
@requires(permissions.CREATE)
@require_http_methods(["GET", "POST"])
def transfer_new(request: Request) -> HttpResponse:
    wanted = said_id(request, "servico")
    service = hosting.service_view(wanted) if wanted else None
    form = NewFieldsOfCompany(request.POST or None, initial=initial_for(service))
    if request.method == "POST" and form.is_valid():
        service_id = _named(form.cleaned_data["domain"])
        if service_id is None:
            form.add_error("domain", _("Não há um serviço ativo com este domínio."))
        elif made := asking.asked(form, service_id):
            return HttpResponseRedirect(transfer_url(made))
    title = _("Pedir migração")
    place = asking.Place(
        surface="workspace",
        title=title,
        button=title,
        back=reverse("workspace:transfers"),
        crumbs=trail(Crumb(title)),
    )
    return render_page(request, asking.form_page(form, place))


def _named(typed: str) -> UUID | None:
    """The active service of this domain."""
    try:
        found = hosting.active_service_of_domain(normalize_domain(typed))
    except BadDomain:
        return None
    return found.id if found else None


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def transfer(request: Request, transfer_id: UUID) -> HttpResponse:
    found = find(transfer_id)
    main = parts.story(found, queries.log_of(transfer_id), raw=True)
    if found.stage is Stage.EXAMINING:
        main = [LiveRegion("exame", transfer_url(found.id), WATCH, main)]
    name = display_domain(found.domain)
    side = [*_moving(request, found), parts.facts(found, of_company=_of_company(found))]
    page = Page(
        _("Migração de %(domain)s") % {"domain": name},
        "workspace",
        [Columns(main, side, side_label=_("Sobre a migração"), side_first=False)],
        lead=found.note,
        badge=parts.stage_badge(found),
        breadcrumbs=trail(Crumb(name)),
        actions=_actions(request, found),
    )
    return render_page(request, page)


def _of_company(found: TransferView) -> list[Pair]:
    url = reverse("workspace:customer_services", args=[found.customer_id])
    return [Pair(_("Cliente"), Link(found.customer_name, url))]


def _actions(request: Request, found: TransferView) -> list[Content]:
    if permissions.CREATE not in request.permissions or not found.is_open_to_examination:
        return []
    url = transfer_url(found.id, "transfer_examine")
    return [LinkButton(_("Examinar de novo"), url, icon="refresh-cw")]


def _moving(request: Request, found: TransferView) -> list[Content]:
    """What may be done now, with a note for all of it."""
    buttons = _buttons(request, found)
    if not buttons:
        return []
    form = Form(transfer_url(found.id, "transfer_act"), form_fields(ActFields()), buttons)
    return [Card([form], title=_("Andamento"))]


def _buttons(request: Request, found: TransferView) -> list[Button]:
    held, stage = request.permissions, found.stage
    may_operate = permissions.OPERATE in held
    buttons = []
    if may_operate and stage is Stage.READY:
        buttons.append(_act("mover", _("Começar a mover"), variant="primary"))
    if may_operate and stage is Stage.MOVING:
        buttons.append(_act("concluir", _("Concluir migração"), variant="primary"))
    if not found.is_over and _may_cancel(held, stage):
        buttons.append(_act("cancelar", _("Cancelar migração"), variant="danger"))
    return buttons


def _may_cancel(held: frozenset[str], stage: Stage) -> bool:
    needed = permissions.OPERATE if stage is Stage.MOVING else permissions.CREATE
    return needed in held or permissions.OPERATE in held


def _act(value: str, label: str, *, variant: str) -> Button:
    return Button(label, variant=variant, name="para", value=value)  # type: ignore[arg-type]


@requires("workspace:enter")
@requires(permissions.CREATE)
@require_http_methods(["GET", "POST"])
def transfer_examine(request: Request, transfer_id: UUID) -> HttpResponse:
    found = find(transfer_id)
    form = ExamineFields(
        request.POST or None, initial=initial_of(found), has_token=found.has_token
    )
    back = transfer_url(found.id)
    if request.method == "POST" and form.is_valid() and asking.examined_again(form, found.id):
        return HttpResponseRedirect(back)
    title = _("Examinar de novo")
    place = asking.Place(
        surface="workspace",
        title=title,
        button=title,
        back=back,
        crumbs=trail(Crumb(display_domain(found.domain), back), Crumb(title)),
    )
    return render_page(request, asking.form_page(form, place))


@requires("workspace:enter")
@requires(permissions.READ)
@require_POST
def transfer_act(request: Request, transfer_id: UUID) -> HttpResponse:
    found, form = find(transfer_id), ActFields(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    act = _wanted(request, found, note)
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Anotado."))
    return HttpResponseRedirect(transfer_url(found.id))


def _wanted(request: Request, found: TransferView, note: str) -> Callable[[], None]:
    """What the button stands for; forbidden to who would not see it, whatever they post."""
    held, wanted = request.permissions, request.POST.get("para", "")
    if wanted == "cancelar" and _may_cancel(held, found.stage):
        return lambda: cancel_transfer(
            transfer_id=found.id,
            note=note,
            even_if_moving=permissions.OPERATE in held,
            at=now(),
        )
    if permissions.OPERATE not in held:
        raise PermissionDenied(permissions.OPERATE)
    if wanted not in ACTS:
        raise Http404
    return lambda: ACTS[wanted](transfer_id=found.id, note=note, at=now())


ACTS: dict[str, Callable[..., None]] = {"mover": start_moving, "concluir": finish_moving}

urlpatterns = [
    path("migracoes/", transfers, name="transfers"),
    path("migracoes/nova/", transfer_new, name="transfer_new"),
    path("migracoes/<uuid:transfer_id>/", transfer, name="transfer"),
    path("migracoes/<uuid:transfer_id>/examinar/", transfer_examine, name="transfer_examine"),
    path("migracoes/<uuid:transfer_id>/andamento/", transfer_act, name="transfer_act"),
]
