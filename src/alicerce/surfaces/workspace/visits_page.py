"""Who saw this company's pages in another person's place, why, and for how long."""

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.identity import public as identity
from alicerce.apps.identity.types import StandIn
from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.web import team
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.console.people import names
from alicerce.surfaces.standing_in_forms import AREAS
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
        [_table(identity.stand_ins())],
        lead=_("Quem viu páginas como outra pessoa as vê, por quê e até quando."),
        breadcrumbs=team.crumbs(Crumb(title)),
    )
    return render_page(request, page)


def _table(found: list[StandIn]) -> Table:
    name_of = names()
    columns = [
        Column(_("Quem"), "name"),
        Column(_("No lugar de")),
        Column(_("Páginas")),
        Column(_("Motivo")),
        Column(_("Começo")),
        Column(_("Fim")),
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
            ]
        )
        for one in found
    ]
    empty = EmptyState(_("Ninguém até agora"), _("Cada acesso aparece aqui."), icon="eye")
    return Table(_("Acessos"), columns, rows, empty)


def _mode(one: StandIn) -> str:
    return _("Podia alterar") if one.errand.may_write else _("Só leitura")


urlpatterns = [path("equipe/acessos/", visits, name="visits")]
