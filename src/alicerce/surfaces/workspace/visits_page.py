"""Who saw this company's pages in another person's place, why, and for how long."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.identity import public as identity
from alicerce.apps.identity.types import StandIn
from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.web import team
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.surfaces import standing_in_consent
from alicerce.surfaces.console.people import names
from alicerce.surfaces.standing_in_forms import AREAS
from alicerce.ui.buttons import Button, PostButton
from alicerce.ui.component import Content
from alicerce.ui.concerns import concerns_table
from alicerce.ui.layout import Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import TimeText


@requires(permissions.WORKSPACE)
@requires(permissions.MEMBERS_READ)
@require_safe
def visits(request: Request) -> HttpResponse:
    title = _("Acessos no lugar de outra pessoa")
    page = Page(
        title,
        "workspace",
        [*_waiting(request), _table(identity.stand_ins(), may_end=_may_end(request))],
        lead=_("Quem viu páginas como outra pessoa as vê, por quê e até quando."),
        breadcrumbs=team.crumbs(Crumb(title)),
    )
    return render_page(request, page)


@requires(permissions.WORKSPACE)
@requires(permissions.COMPANY_WRITE)
@require_POST
def end(request: Request, visit_id: UUID) -> HttpResponse:
    """The actor's next request is their own again. What the company had said yes to is taken back."""
    found = next((one for one in identity.stand_ins() if one.id == visit_id), None)
    if found is None:
        raise Http404
    if found.is_open(at=now()):
        _end(found)
    messages.success(request, _("Acesso encerrado."))
    return HttpResponseRedirect(reverse("workspace:visits"))


def _end(visit: StandIn) -> None:
    if visit.consent_id:
        identity.withdraw_consent(consent_id=visit.consent_id, at=now())
    else:
        identity.end_impersonation(impersonation_id=visit.id, at=now())


def _waiting(request: Request) -> list[Content]:
    """What an operator asked for and nobody answered, to who may answer."""
    found = standing_in_consent.concerns() if _may_end(request) else []
    return [concerns_table(found, empty="")] if found else []


def _may_end(request: Request) -> bool:
    return permissions.COMPANY_WRITE in request.permissions


def _table(found: list[StandIn], *, may_end: bool) -> Table:
    name_of = names()
    columns = [
        Column(_("Quem"), "name"),
        Column(_("No lugar de")),
        Column(_("Páginas")),
        Column(_("Motivo")),
        Column(_("Começo")),
        Column(_("Fim")),
        Column("", "actions"),
    ]
    rows = [
        TableRow(
            [
                Cell(name_of(f"user:{one.actor_id}"), "", _mode(one)),
                name_of(f"user:{one.subject_id}"),
                str(dict(AREAS)[one.errand.area]),
                Cell(one.errand.reason, "", one.errand.ticket),
                TimeText(one.started_at),
                TimeText(one.ended_at or one.ends_at),
                _end_button(one) if may_end else "",
            ]
        )
        for one in found
    ]
    empty = EmptyState(_("Ninguém até agora"), _("Cada acesso aparece aqui."), icon="eye")
    return Table(_("Acessos"), columns, rows, empty)


def _end_button(one: StandIn) -> Content:
    if not one.is_open(at=now()):
        return ""
    url = reverse("workspace:visit_end", args=[one.id])
    return PostButton(Button(_("Encerrar"), size="sm"), url)


def _mode(one: StandIn) -> str:
    return _("Podia alterar") if one.errand.may_write else _("Só leitura")


urlpatterns = [
    path("equipe/acessos/", visits, name="visits"),
    path("equipe/acessos/<uuid:visit_id>/encerrar/", end, name="visit_end"),
]
