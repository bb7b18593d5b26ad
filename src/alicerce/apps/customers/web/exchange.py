"""Customers coming in from a file and going out to one, with how far it is."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.customers import permissions
from alicerce.apps.customers.errors import NoSuchFile
from alicerce.apps.customers.queries.exchange import (
    Checked,
    check,
    customer_export,
    customer_import,
    faults_of,
    preview,
)
from alicerce.apps.customers.rules.sheets import LARGEST, REQUIRED
from alicerce.apps.customers.services.export_customers import request_export, take_away
from alicerce.apps.customers.services.import_customers import (
    cancel_import,
    start_import,
    upload_import,
)
from alicerce.apps.customers.types import Exchange, Preview
from alicerce.apps.customers.web import asked
from alicerce.apps.customers.web import exchange_components as parts
from alicerce.apps.customers.web.editing import trail
from alicerce.apps.customers.web.forms import ColumnFields, UploadFields
from alicerce.apps.customers.web.words import EXCHANGE
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.restrictions import Restriction, even_when
from alicerce.kernel.sensitive import Foreseen, keep, kept, sensitive
from alicerce.ui.layout import Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.status import badge

EXPORT, DOWNLOAD = "customers.export_approved", "customers.file_approved"


@requires("workspace:enter")
@requires(permissions.CREATE)
@require_http_methods(["GET", "POST"])
def import_new(request: Request) -> HttpResponse:
    form = UploadFields(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            import_id = upload_import(
                raw=file.read(LARGEST + 1),
                filename=file.name or "clientes.csv",
                user_id=asked.user_id(request),
                at=now(),
            )
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return HttpResponseRedirect(_import_url(import_id))
    title = _("Importar clientes")
    page = Page(
        title,
        "workspace",
        [parts.upload_card(form)],
        breadcrumbs=trail(Crumb(title)),
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.CREATE)
@require_http_methods(["GET", "POST"])
def import_page(request: Request, import_id: UUID) -> HttpResponse:
    """First which column is what, then how far it is."""
    try:
        found = customer_import(import_id)
    except NoSuchFile:
        raise Http404 from None
    if found.state == Exchange.WAITING:
        return _mapping(request, import_id, preview(import_id))
    page = Page(
        found.filename,
        "workspace",
        parts.import_progress(found, faults_of(import_id), url=_import_url(import_id)),
        badge=badge(EXCHANGE, found.state),
        breadcrumbs=trail(Crumb(_("Importação"))),
    )
    return render_page(request, page)


def _mapping(request: Request, import_id: UUID, seen: Preview) -> HttpResponse:
    form = ColumnFields(request.POST or None, preview=seen)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and "conferir" not in request.POST:
        start_import(import_id=import_id, columns=form.columns(), at=now())
        return HttpResponseRedirect(_import_url(import_id))
    page = Page(
        _("Confira as colunas"),
        "workspace",
        parts.mapping(
            form,
            seen,
            _checked(import_id, form.columns() if is_sent else seen.columns),
            cancel=reverse("workspace:customers_import_cancel", args=[import_id]),
        ),
        lead=_("Diga o que há em cada coluna. Quem já é cliente não é criado de novo."),
        breadcrumbs=trail(Crumb(_("Importação"))),
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _checked(import_id: UUID, columns: Mapping[str, int]) -> Checked | None:
    """By the columns that were chosen, or else by those their titles suggest."""
    return None if set(REQUIRED) - columns.keys() else check(import_id, columns)


@requires("workspace:enter")
@requires(permissions.CREATE)
@require_POST
def import_cancel(request: Request, import_id: UUID) -> HttpResponse:
    try:
        cancel_import(import_id=import_id, at=now())
    except NoSuchFile:
        raise Http404 from None
    return HttpResponseRedirect(_import_url(import_id))


@even_when(Restriction.READ_ONLY)
@requires("workspace:enter")
@requires(permissions.EXPORT)
@require_POST
def export_new(request: Request) -> HttpResponse:
    keep(request, EXPORT, typed=request.POST.dict())
    return HttpResponseRedirect(reverse("workspace:customers_export_confirm"))


def _leaves() -> str:
    """The columns of the file: whoever gives it out reads what is in it."""
    return _(
        "Nome, e-mail, documento, telefone, nível, etiquetas, código externo, situação e desde quando, dos clientes da lista"
    )


def _foresee_export(request: Request) -> Foreseen:
    said = kept(request, EXPORT)
    narrowed = " · ".join(said[name] for name in asked.NARROWING if said.get(name))
    return Foreseen(
        title=_("Exportar clientes"),
        facts=[
            (_("O que sai"), _leaves()),
            (_("Filtro"), narrowed or _("Nenhum: todos os clientes")),
            (_("Fica registrado"), _("quem pediu e cada vez que o arquivo foi baixado")),
        ],
        button=_("Exportar"),
        entity="customer_export",
        back=reverse("workspace:customers"),
    )


@even_when(Restriction.READ_ONLY)
@requires("workspace:enter")
@sensitive(EXPORT, permission=permissions.EXPORT, foresee=_foresee_export)
def export_confirm(request: Request) -> HttpResponseBase:
    wanted = asked.wanted_of(kept(request, EXPORT))
    export_id = request_export(wanted=wanted, user_id=asked.user_id(request), at=now())
    return HttpResponseRedirect(reverse("workspace:customers_export", args=[export_id]))


@requires("workspace:enter")
@requires(permissions.EXPORT)
@require_safe
def export_page(request: Request, export_id: UUID) -> HttpResponse:
    try:
        found = customer_export(export_id, user_id=asked.user_id(request))
    except NoSuchFile:
        raise Http404 from None
    page = Page(
        _("Exportação de clientes"),
        "workspace",
        [parts.export_progress(found, at=now())],
        badge=badge(EXCHANGE, found.state),
        breadcrumbs=trail(Crumb(_("Exportação"))),
        width="narrow",
    )
    return render_page(request, page)


def _foresee_download(request: Request, export_id: UUID) -> Foreseen:
    try:
        found = customer_export(export_id, user_id=asked.user_id(request))
    except NoSuchFile:
        raise Http404 from None
    if found.state != Exchange.DONE:
        raise Http404
    return Foreseen(
        title=_("Baixar a exportação de clientes"),
        facts=[
            (_("O que sai"), _leaves()),
            (_("Clientes"), found.written),
            (_("Fica registrado"), _("cada vez que o arquivo foi baixado")),
        ],
        button=_("Baixar CSV"),
        entity="customer_export",
        entity_id=export_id,
        back=reverse("workspace:customers_export", args=[export_id]),
    )


@requires("workspace:enter")
@sensitive(DOWNLOAD, permission=permissions.EXPORT, foresee=_foresee_download)
def export_download(request: Request, export_id: UUID) -> HttpResponseBase:
    """Whoever only holds a session takes no file away; the trail says each time that one left."""
    try:
        parts_of_it = take_away(export_id=export_id, user_id=asked.user_id(request), at=now())
    except NoSuchFile:
        raise Http404 from None
    response = StreamingHttpResponse(parts_of_it, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="clientes.csv"'
    return response


def _import_url(import_id: UUID) -> str:
    return reverse("workspace:customers_import", args=[import_id])


urlpatterns = [
    path("clientes/importar/", import_new, name="customers_import_new"),
    path("clientes/importar/<uuid:import_id>/", import_page, name="customers_import"),
    path(
        "clientes/importar/<uuid:import_id>/cancelar/",
        import_cancel,
        name="customers_import_cancel",
    ),
    path("clientes/exportar/", export_new, name="customers_export_new"),
    path("clientes/exportar/confirmar/", export_confirm, name="customers_export_confirm"),
    path("clientes/exportar/<uuid:export_id>/", export_page, name="customers_export"),
    path(
        "clientes/exportar/<uuid:export_id>/arquivo/",
        export_download,
        name="customers_export_download",
    ),
]
