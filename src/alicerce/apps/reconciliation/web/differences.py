"""Differences: the list with its filters, and what a button does to one."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.reconciliation import permissions
from alicerce.apps.reconciliation.errors import NoSuchDifference
from alicerce.apps.reconciliation.queries import differences as queries
from alicerce.apps.reconciliation.queries.overview import account_names
from alicerce.apps.reconciliation.services import handle_difference as services
from alicerce.apps.reconciliation.types import DifferenceKind, DifferenceState, DifferenceView
from alicerce.apps.reconciliation.web.components import NO_DATA, figure, people, root, tabs
from alicerce.apps.reconciliation.web.difference_parts import found
from alicerce.apps.reconciliation.web.forms import ExplainForm, NoteForm, OwnerForm
from alicerce.apps.reconciliation.web.words import KINDS, STATE
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import wall
from alicerce.kernel.errors import Refused
from alicerce.ui.forms import Filters, FilterSelect
from alicerce.ui.layout import Crumb
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.status import badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import TimeText


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def listing(request: Request) -> HttpResponse:
    wanted = queries.Wanted(
        state=request.GET.get("estado", queries.STANDING),
        kind=request.GET.get("tipo", ""),
        account_id=said_id(request, "conta"),
        owner_id=said_id(request, "dono"),
    )
    names, accounts = people(), account_names()
    page = Page(
        _("Diferenças"),
        "workspace",
        [
            tabs("differences"),
            _filters(request, names, accounts),
            _table(request, wanted, names),
        ],
        lead=_("Cada uma fecha sozinha quando os dois lados dizem o mesmo."),
        breadcrumbs=[root(), Crumb(_("Diferenças"))],
    )
    return render_page(request, page)


def _filters(
    request: Request, names: Mapping[UUID, str], accounts: Mapping[UUID, str]
) -> Filters:
    said = request.GET
    states = [
        (queries.STANDING, _("As que estão de pé")),
        ("all", _("Todas")),
        *((state.value, STATE[state].words) for state in DifferenceState),
    ]
    kinds = [("", _("Todos")), *((kind.value, KINDS[kind]) for kind in DifferenceKind)]
    owners = [("", _("Todos")), *((str(key), name) for key, name in names.items())]
    places = [("", _("Todas")), *((str(key), name) for key, name in accounts.items())]
    return Filters(
        request.path,
        selects=[
            FilterSelect("estado", _("Estado"), states, said.get("estado", queries.STANDING)),
            FilterSelect("tipo", _("Tipo"), kinds, said.get("tipo", "")),
            FilterSelect("conta", _("Conta"), places, said.get("conta", "")),
            FilterSelect("dono", _("Quem cuida"), owners, said.get("dono", "")),
        ],
    )


def _table(request: Request, wanted: queries.Wanted, names: Mapping[UUID, str]) -> Table:
    before = said_id(request, "antes")
    page = queries.differences(wanted, before=before)
    return Table(
        _("Diferenças"),
        [
            Column(_("Diferença"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Lá"), "number"),
            Column(_("Aqui"), "number"),
            Column(_("Razão"), "number"),
            Column(_("Quem cuida")),
            Column(_("Desde")),
        ],
        [_row(one, names) for one in page.differences],
        empty=EmptyState(
            _("Nenhuma diferença"),
            _("Até onde as contas responderam, todos dizem o mesmo."),
            icon="circle-check",
        ),
        newer=here(request, antes="") if before else "",
        older=here(request, antes=str(page.next_before)) if page.next_before else "",
    )


def _row(one: DifferenceView, names: Mapping[UUID, str]) -> TableRow:
    return TableRow(
        [
            Cell(KINDS[one.kind], address(one.id), one.reference),
            badge(STATE, one.state),
            figure(one, one.there_cents),
            figure(one, one.here_cents),
            figure(one, one.posted_cents),
            names.get(one.owner_id, NO_DATA) if one.owner_id else NO_DATA,
            TimeText(one.opened_at),
        ]
    )


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def take(request: Request, difference_id: UUID) -> HttpResponse:
    """By whoever presses the button; for somebody else where the form names them."""
    form = OwnerForm(request.POST, people=people())
    owner_id = UUID(str(request.user.pk))
    if "owner" in request.POST:
        if not form.is_valid():
            raise Http404
        owner = form.owner_id
    else:
        owner = owner_id
    return _do(
        request,
        difference_id,
        lambda: services.assign_difference(
            difference_id=difference_id, owner_id=owner, at=wall()
        ),
        _("Anotado quem cuida."),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def explain(request: Request, difference_id: UUID) -> HttpResponse:
    found(difference_id)
    form = ExplainForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Escreva por que está certo assim."))
        return HttpResponseRedirect(address(difference_id))
    return _do(
        request,
        difference_id,
        lambda: services.explain_difference(
            difference_id=difference_id, reason=form.cleaned_data["reason"], at=wall()
        ),
        _("Explicação guardada."),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def write(request: Request, difference_id: UUID) -> HttpResponse:
    found(difference_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Escreva a nota."))
        return HttpResponseRedirect(address(difference_id))
    return _do(
        request,
        difference_id,
        lambda: services.write_note(
            difference_id=difference_id,
            author_id=UUID(str(request.user.pk)),
            text=form.cleaned_data["text"],
            at=wall(),
        ),
        _("Nota guardada."),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def book(request: Request, difference_id: UUID) -> HttpResponse:
    return _do(
        request,
        difference_id,
        lambda: services.ask_booking(difference_id=difference_id, at=wall()),
        _("O provedor está sendo perguntado; o que ele disser é registrado."),
    )


def _do(
    request: Request, difference_id: UUID, act: Callable[[], object], told: str
) -> HttpResponseRedirect:
    try:
        act()
    except NoSuchDifference:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return HttpResponseRedirect(address(difference_id))


def address(difference_id: UUID) -> str:
    return reverse("workspace:difference", args=[difference_id])


urlpatterns = [
    path("conciliacao/diferencas/", listing, name="differences"),
    path("conciliacao/diferencas/<uuid:difference_id>/dono/", take, name="difference_owner"),
    path(
        "conciliacao/diferencas/<uuid:difference_id>/explicar/",
        explain,
        name="difference_explain",
    ),
    path("conciliacao/diferencas/<uuid:difference_id>/nota/", write, name="difference_note"),
    path(
        "conciliacao/diferencas/<uuid:difference_id>/registrar/",
        book,
        name="difference_book",
    ),
]
