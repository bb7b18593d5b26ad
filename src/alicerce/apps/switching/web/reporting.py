"""What is to be said of the rows of a dump, to read and to take away."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.switching import permissions
from alicerce.apps.switching.queries import dumps as queries
from alicerce.apps.switching.types import Outcome
from alicerce.apps.switching.web import components as parts
from alicerce.apps.switching.web.components import url
from alicerce.apps.switching.web.words import PLACES, remark_words
from alicerce.apps.switching.web.workspace import found_dump, trail
from alicerce.kernel.access import Request, requires
from alicerce.kernel.spreadsheets import as_csv
from alicerce.ui.buttons import LinkButton
from alicerce.ui.layout import Crumb
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page

MARK = "\ufeff"


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def report(request: Request, dump_id: UUID) -> HttpResponse:
    card = found_dump(dump_id).card()
    said = request.GET.get("resultado", "")
    outcome = Outcome(said) if said in {Outcome.WARNED, Outcome.REFUSED} else None
    rows, following = queries.report(dump_id, outcome=outcome, after=said_id(request, "depois"))
    older = here(request, depois=str(following)) if following else ""
    page = Page(
        _("Relatório da cópia"),
        "workspace",
        [parts.report_table(rows, older=older)],
        lead=card.filename,
        breadcrumbs=trail(
            Crumb(card.filename, url("switching_dump", dump_id)), Crumb(_("Relatório"))
        ),
        actions=[
            LinkButton(_("Baixar CSV"), url("switching_report_file", dump_id), icon="download")
        ],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def report_file(request: Request, dump_id: UUID) -> HttpResponse:
    found_dump(dump_id)
    head = [
        _("Tabela"),
        _("Id no WHMCS"),
        _("Resultado"),
        _("Motivo"),
        _("O que fazer"),
        _("Dado"),
    ]
    lines = [
        [
            str(PLACES[row.place]),
            str(row.source_id),
            row.outcome.value,
            str(remark_words(one.code)[0]),
            str(remark_words(one.code)[1]),
            one.said,
        ]
        for row in queries.whole_report(dump_id)
        for one in row.remarks
    ]
    return spreadsheet("relatorio.csv", [head, *lines])


def spreadsheet(name: str, lines: list[list[str]]) -> HttpResponse:
    response = HttpResponse(
        MARK + as_csv(lines, delimiter=";"), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


urlpatterns = [
    path("trazer/<uuid:dump_id>/relatorio/", report, name="switching_report"),
    path("trazer/<uuid:dump_id>/relatorio.csv", report_file, name="switching_report_file"),
]
