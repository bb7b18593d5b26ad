"""Reports on pages: a period, figures beside those before, a chart and its table, the rows behind each.

Files leave the company: whoever stands in somebody's place looks, and takes none away.
"""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from alicerce.apps.reports.queries.behind import every_row, rows_behind
from alicerce.apps.reports.queries.reports import report
from alicerce.apps.reports.types import Behind, ReportName, Rows, Span
from alicerce.apps.reports.web import components as parts
from alicerce.apps.reports.web import files
from alicerce.apps.reports.web.asking import named, span_of, today
from alicerce.apps.reports.web.words import REPORTS, shown, word
from alicerce.kernel.access import Request, in_person, opens_its_own_transactions, requires
from alicerce.kernel.db import transaction
from alicerce.ui.component import Content
from alicerce.ui.layout import Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note, Stat, StatStrip
from alicerce.ui.paper import Sheet

READ = "billing:read"


@requires("workspace:enter")
@requires(READ)
@require_safe
def page(request: Request, name: str = ReportName.MRR) -> HttpResponse:
    kind, span = named(name), span_of(request)
    found = report(kind, span, today=today())
    title, lead = REPORTS[kind]
    body: list[Content] = [
        parts.views(request, kind),
        parts.period(request, span),
        *parts.strips(request, found),
    ]
    body += parts.chart(found)
    body.append(parts.report_table(request, found))
    body += parts.notes(request, found)
    shell = Page(
        title,
        "workspace",
        body,
        lead=lead,
        breadcrumbs=[Crumb(_("Relatórios"), reverse("workspace:reports")), Crumb(title)],
        actions=[
            parts.file_button(request, "report_pdf", [name], _("Baixar PDF")),
            parts.file_button(request, "report_csv", [name], _("Baixar CSV")),
        ],
    )
    return render_page(request, shell)


@requires("workspace:enter")
@requires(READ)
@require_safe
def rows(request: Request, name: str) -> HttpResponse:
    kind, behind = named(name), _behind(request)
    found = _shown(request, behind, most=parts.SHOWN)
    title, _lead = REPORTS[kind]
    back = reverse("workspace:report", args=[name])
    count = ngettext("%(count)d linha", "%(count)d linhas", found.count)
    stats = [
        Stat(_("Total"), shown(found.total), count % {"count": found.count}),
        Stat(_("Até"), shown(behind.last)),
    ]
    body: list[Content] = [StatStrip(stats), parts.rows_table(request, found)]
    if found.count > len(found.rows):
        words = _("Estas são as primeiras %(count)d. O arquivo CSV traz todas.")
        body.append(Note("info", words % {"count": parts.SHOWN}))
    shell = Page(
        _("Linhas do número"),
        "workspace",
        body,
        lead=title,
        breadcrumbs=[Crumb(title, back), Crumb(_("Linhas"))],
        actions=[
            parts.file_button(request, "report_rows_pdf", [name], _("Baixar PDF")),
            parts.file_button(request, "report_rows_csv", [name], _("Baixar CSV")),
        ],
    )
    return render_page(request, shell)


@requires("workspace:enter")
@requires(READ)
@in_person
@require_safe
def page_csv(request: Request, name: str) -> HttpResponseBase:
    found = report(named(name), span_of(request), today=today())
    return files.csv(name, found.columns, parts.all_rows(found))


@requires("workspace:enter")
@requires(READ)
@in_person
@require_safe
def rows_csv(request: Request, name: str) -> HttpResponseBase:
    named(name)
    try:
        columns, found = every_row(_behind(request), currency=span_of(request).currency)
    except ValueError:
        raise Http404 from None
    return files.csv(f"{name}-linhas", columns, found)


@opens_its_own_transactions
@requires("workspace:enter")
@requires(READ)
@in_person
@require_safe
def page_pdf(request: Request, name: str) -> HttpResponse:
    def make() -> Sheet:
        with transaction():
            kind, span = named(name), span_of(request)
            found = report(kind, span, today=today())
            return files.sheet(
                str(REPORTS[kind][0]),
                found.columns,
                parts.all_rows(found),
                pairs=_ends(span),
                figures=[(word(one.code), shown(one.value)) for one in found.figures],
            )

    return files.press_file(
        name, make, asked=request, back=reverse("workspace:report", args=[name])
    )


@opens_its_own_transactions
@requires("workspace:enter")
@requires(READ)
@in_person
@require_safe
def rows_pdf(request: Request, name: str) -> HttpResponse:
    def make() -> Sheet:
        with transaction():
            kind, behind = named(name), _behind(request)
            found = _shown(request, behind, most=files.PRINTED)
            pairs = [(_("Total"), shown(found.total)), (_("Linhas"), str(found.count))]
            if found.count > len(found.rows):
                pairs.append((_("Impressas"), str(len(found.rows))))
            return files.sheet(str(REPORTS[kind][0]), found.columns, found.rows, pairs=pairs)

    back = reverse("workspace:report", args=[name])
    return files.press_file(f"{name}-linhas", make, asked=request, back=back)


def _behind(request: Request) -> Behind:
    try:
        return Behind.parse(request.GET.get("o", ""))
    except ValueError:
        raise Http404 from None


def _shown(request: Request, behind: Behind, *, most: int) -> Rows:
    try:
        return rows_behind(behind, currency=span_of(request).currency, most=most)
    except ValueError:
        raise Http404 from None


def _ends(span: Span) -> list[tuple[str, str]]:
    return [(_("De"), shown(span.first)), (_("Até"), shown(span.last))]


urlpatterns = [
    path("relatorios/", page, name="reports"),
    path("relatorios/<slug:name>/", page, name="report"),
    path("relatorios/<slug:name>/linhas/", rows, name="report_rows"),
    path("relatorios/<slug:name>.csv", page_csv, name="report_csv"),
    path("relatorios/<slug:name>.pdf", page_pdf, name="report_pdf"),
    path("relatorios/<slug:name>/linhas.csv", rows_csv, name="report_rows_csv"),
    path("relatorios/<slug:name>/linhas.pdf", rows_pdf, name="report_rows_pdf"),
]
