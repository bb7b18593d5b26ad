"""Where panels and our rows disagree, in the operator's panel: the list, one, and its buttons."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.hosting import permissions
from alicerce.apps.hosting.queries.differences import (
    PAGE,
    DifferenceRow,
    difference_everywhere,
    difference_row,
    differences_everywhere,
)
from alicerce.apps.hosting.services import compare_accounts
from alicerce.apps.hosting.types import DifferenceStatus
from alicerce.apps.hosting.web.components import NOTHING
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, PostButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, form_fields
from alicerce.ui.layout import Card, Crumb, View, Views
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.status import DIFFERENCE, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Link, Mono, TimeText

VIEWS: dict[str, tuple[DifferenceStatus, ...]] = {
    "": (DifferenceStatus.OPEN,),
    "dispensadas": (DifferenceStatus.DISMISSED,),
    "todas": (),
}


class NoteFields(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Por que pode ficar assim"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@requires("platform:operate")
@requires(permissions.READ_SERVERS)
@require_safe
def differences(request: Request) -> HttpResponse:
    chosen = request.GET.get("visao", "")
    found = differences_everywhere(
        statuses=VIEWS.get(chosen, ()), before=said_id(request, "antes"), limit=PAGE + 1
    )
    tenants = tenancy.tenant_names()
    table = Table(
        _("Divergências"),
        [
            Column(_("Conta"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Divergência")),
            Column(_("Empresa")),
            Column(_("Servidor"), "extra"),
            Column(_("Vista")),
        ],
        [_table_row(row, tenants.get(row.tenant_id, NOTHING)) for row in found[:PAGE]],
        empty=_nothing(chosen),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found[PAGE - 1].id)) if len(found) > PAGE else "",
    )
    page = Page(
        _("Divergências"),
        "console",
        [_views(request, chosen), table],
        lead=_(
            "A cada 15 minutos as contas de cada servidor são comparadas com os serviços. "
            "O que difere fica aqui até deixar de diferir."
        ),
    )
    return render_page(request, page)


def _table_row(row: DifferenceRow, tenant: str) -> TableRow:
    return TableRow(
        [
            Cell(display_domain(row.domain), difference_url(row), row.username),
            badge(DIFFERENCE, row.status),
            row.what,
            tenant,
            row.server_name,
            TimeText(row.last_seen_at, "relative"),
        ],
        alert=row.status == DifferenceStatus.OPEN,
    )


def difference_url(row: DifferenceRow) -> str:
    return reverse("console:difference", args=[row.tenant_id, row.id])


def _nothing(chosen: str) -> EmptyState:
    if chosen == "":
        text = _("Os servidores mostram as contas como os serviços dizem que elas são.")
        return EmptyState(_("Nenhuma divergência"), text, icon="circle-check")
    return EmptyState(_("Nenhuma divergência aqui"), _("Veja as outras visões."))


def _views(request: Request, chosen: str) -> Views:
    words = {"": _("Em aberto"), "dispensadas": _("Dispensadas"), "todas": _("Todas")}
    return Views(
        [
            View(words[key], here(request, visao=key, antes=""), current=key == chosen)
            for key in VIEWS
        ],
        _("Visões"),
    )


@requires("platform:operate")
@requires(permissions.READ_SERVERS)
@require_safe
def difference(request: Request, tenant_id: UUID, difference_id: UUID) -> HttpResponse:
    row = _find(tenant_id, difference_id)
    may_act = permissions.OPERATE in request.permissions
    parts: list[Content] = [_facts(row), *(_actions(row) if may_act else [])]
    page = Page(
        display_domain(row.domain),
        "console",
        parts,
        lead=row.what,
        badge=badge(DIFFERENCE, row.status),
        breadcrumbs=[
            Crumb(_("Divergências"), reverse("console:differences")),
            Crumb(display_domain(row.domain)),
        ],
        width="narrow",
    )
    return render_page(request, page)


def _find(tenant_id: UUID, difference_id: UUID) -> DifferenceRow:
    row = difference_everywhere(difference_id)
    if row is None or row.tenant_id != tenant_id:
        raise Http404
    return row


def _facts(row: DifferenceRow) -> Card:
    server = reverse("console:server", args=[row.tenant_id, row.server_id])
    pairs = [
        Pair(_("Empresa"), tenancy.tenant_names().get(row.tenant_id, NOTHING)),
        Pair(_("Servidor"), Link(row.server_name, server)),
        Pair(_("Usuário"), Mono(row.username)),
        Pair(_("Para nós"), Mono(row.ours) if row.ours else NOTHING),
        Pair(_("No servidor"), Mono(row.theirs) if row.theirs else NOTHING),
        Pair(_("Vista pela primeira vez"), TimeText(row.first_seen_at)),
        Pair(_("Vista por último"), TimeText(row.last_seen_at)),
    ]
    if row.service_id:
        url = reverse("console:service", args=[row.tenant_id, row.service_id])
        pairs.insert(1, Pair(_("Serviço"), Link(display_domain(row.domain), url)))
    if row.note:
        pairs.append(Pair(_("Dispensada porque"), row.note))
    if row.settled_at:
        pairs.append(Pair(_("Deixou de existir"), TimeText(row.settled_at)))
    return Card([Note("info", row.advice), KeyValues(pairs)], title=_("O que difere"))


def _actions(row: DifferenceRow) -> list[Content]:
    if row.status == DifferenceStatus.SETTLED:
        return []
    place = [row.tenant_id, row.id]
    parts: list[Content] = []
    if row.can_be_put_right:
        right = Button(_("Corrigir no servidor"), icon="refresh-cw", variant="primary")
        parts.append(PostButton(right, reverse("console:difference_right", args=place)))
    if row.status == DifferenceStatus.DISMISSED:
        again = Button(_("Reabrir divergência"))
        return [*parts, PostButton(again, reverse("console:difference_reopen", args=place))]
    url = reverse("console:difference_dismiss", args=place)
    form = Form(url, form_fields(NoteFields()), [Button(_("Dispensar divergência"))])
    return [*parts, Card([form], title=_("Dispensar"))]


@requires("platform:operate")
@requires(permissions.OPERATE)
@require_POST
def right(request: Request, tenant_id: UUID, difference_id: UUID) -> HttpResponse:
    def act() -> object:
        return compare_accounts.put_right(difference_id=difference_id, at=now())

    done = _("O servidor será corrigido em instantes.")
    return _acted(request, tenant_id, difference_id, act, done)


@requires("platform:operate")
@requires(permissions.OPERATE)
@require_POST
def dismiss(request: Request, tenant_id: UUID, difference_id: UUID) -> HttpResponse:
    form = NoteFields(request.POST)
    _find(tenant_id, difference_id)
    if not form.is_valid():
        messages.error(request, _("Diga por que a divergência pode ficar."))
        url = reverse("console:difference", args=[tenant_id, difference_id])
        return HttpResponseRedirect(url)

    def act() -> object:
        note = form.cleaned_data["note"]
        return compare_accounts.dismiss(difference_id=difference_id, note=note, at=now())

    return _acted(request, tenant_id, difference_id, act, _("A divergência foi dispensada."))


@requires("platform:operate")
@requires(permissions.OPERATE)
@require_POST
def reopen(request: Request, tenant_id: UUID, difference_id: UUID) -> HttpResponse:
    def act() -> object:
        return compare_accounts.open_again(difference_id=difference_id, at=now())

    return _acted(request, tenant_id, difference_id, act, _("A divergência foi reaberta."))


def _acted(
    request: Request,
    tenant_id: UUID,
    difference_id: UUID,
    act: Callable[[], object],
    done: str,
) -> HttpResponse:
    with acting(tenant_id=tenant_id), transaction():
        if difference_row(difference_id) is None:
            raise Http404
        try:
            act()
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, done)
    return HttpResponseRedirect(reverse("console:difference", args=[tenant_id, difference_id]))


PLACE = "empresas/<uuid:tenant_id>/divergencias/<uuid:difference_id>/"
urlpatterns = [
    path("divergencias/", differences, name="differences"),
    path(PLACE, difference, name="difference"),
    path(f"{PLACE}corrigir/", right, name="difference_right"),
    path(f"{PLACE}dispensar/", dismiss, name="difference_dismiss"),
    path(f"{PLACE}reabrir/", reopen, name="difference_reopen"),
]
