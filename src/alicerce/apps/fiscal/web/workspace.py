"""A company's tax documents: listed, read, sent again, cancelled and substituted."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.fiscal import permissions
from alicerce.apps.fiscal.errors import NoSuchDocument
from alicerce.apps.fiscal.queries.documents import document as document_card
from alicerce.apps.fiscal.queries.documents import documents, open_tasks, xml_of
from alicerce.apps.fiscal.services.cancel_document import dismiss_task
from alicerce.apps.fiscal.services.queue_document import (
    queue_document,
    retry_document,
)
from alicerce.apps.fiscal.types import DocumentCard, FiscalStatus
from alicerce.apps.fiscal.web import components as parts
from alicerce.apps.fiscal.web.forms import DismissForm
from alicerce.apps.fiscal.web.words import STATUS
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import (
    Filters,
    FilterSelect,
    Form,
    FormErrors,
    form_fields,
)
from alicerce.ui.layout import Card, Crumb, Row
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.status import badge


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def fiscal_documents(request: Request) -> HttpResponse:
    wanted = request.GET.get("estado", "")
    status = FiscalStatus(wanted) if wanted in set(FiscalStatus) else None
    page = documents(status=status, before=said_id(request, "antes"))
    older = here(request, antes=str(page.next_before)) if page.next_before else ""
    newer = here(request, antes="") if "antes" in request.GET else ""
    shown = Page(
        _("Notas fiscais"),
        "workspace",
        [
            parts.views(request, "fiscal_documents"),
            _filters(status),
            parts.documents_table(page.documents, newer=newer, older=older),
        ],
        lead=_("As NFS-e das faturas, do pedido à autorização."),
    )
    return render_page(request, shown)


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def fiscal_document(request: Request, document_id: UUID) -> HttpResponse:
    one = found(document_id)
    may = permissions.MANAGE in request.permissions
    buttons = [*(parts.actions(one) if may else []), *parts.xml_button(one)]
    body: list[Content] = [*parts.notes(one), *([Row(buttons)] if buttons else [])]
    name = parts.document_name(one)
    page = Page(
        name,
        "workspace",
        [*body, parts.facts(one, billing.invoice(one.invoice_id).code)],
        badge=badge(STATUS, one.status),
        breadcrumbs=[*trail(), Crumb(name)],
        width="narrow",
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def fiscal_document_xml(request: Request, document_id: UUID) -> HttpResponse:
    try:
        name, content = xml_of(document_id)
    except NoSuchDocument:
        raise Http404 from None
    answer = HttpResponse(content, content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@requires("workspace:enter")
@requires(permissions.MANAGE)
@require_POST
def invoice_document(request: Request, invoice_id: UUID) -> HttpResponse:
    """A note for this invoice, asked for by a person."""
    try:
        document_id = queue_document(invoice_id=invoice_id, at=now())
    except NoSuchInvoice:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("workspace:invoice", args=[invoice_id]))
    return HttpResponseRedirect(parts.document_url(document_id))


@requires("workspace:enter")
@requires(permissions.MANAGE)
@require_POST
def fiscal_document_retry(request: Request, document_id: UUID) -> HttpResponse:
    found(document_id)
    try:
        retry_document(document_id=document_id, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("A nota está na fila de novo, com o mesmo número."))
    return HttpResponseRedirect(parts.document_url(document_id))


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def fiscal_tasks(request: Request) -> HttpResponse:
    may_manage = permissions.MANAGE in request.permissions
    page = Page(
        _("Pendências das notas"),
        "workspace",
        [
            parts.views(request, "fiscal_tasks"),
            parts.tasks_table(open_tasks(), may_manage=may_manage),
        ],
        lead=_("Faturas corrigidas depois da nota: alguém decide o que é feito dela."),
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def fiscal_task_dismiss(request: Request, task_id: UUID) -> HttpResponse:
    if task_id not in {task.id for task in open_tasks()}:
        raise Http404
    form = DismissForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        dismiss_task(task_id=task_id, reason=form.cleaned_data["reason"], at=now())
        messages.success(request, _("A nota fica como está."))
        return HttpResponseRedirect(reverse("workspace:fiscal_tasks"))
    title = _("Deixar a nota como está")
    back = reverse("workspace:fiscal_tasks")
    ask = Form(
        "",
        form_fields(form),
        [Button(_("Salvar"), variant="primary"), LinkButton(_("Voltar"), back)],
        FormErrors(form) if form.errors else "",
    )
    page = Page(
        title,
        "workspace",
        [Card([ask])],
        breadcrumbs=[*trail(), Crumb(_("Pendências"), back), Crumb(title)],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _filters(status: FiscalStatus | None) -> Filters:
    choices = [("", _("Todas")), *((s.value, str(STATUS[s].words)) for s in FiscalStatus)]
    select = FilterSelect("estado", _("Estado"), choices, status.value if status else "")
    return Filters(reverse("workspace:fiscal_documents"), selects=[select])


def found(document_id: UUID) -> DocumentCard:
    try:
        return document_card(document_id)
    except NoSuchDocument:
        raise Http404 from None


def trail() -> list[Crumb]:
    return [Crumb(_("Notas fiscais"), reverse("workspace:fiscal_documents"))]


ONE = "financeiro/notas/<uuid:document_id>/"
urlpatterns = [
    path("financeiro/notas/", fiscal_documents, name="fiscal_documents"),
    path(ONE, fiscal_document, name="fiscal_document"),
    path(f"{ONE}xml/", fiscal_document_xml, name="fiscal_document_xml"),
    path(f"{ONE}reenviar/", fiscal_document_retry, name="fiscal_document_retry"),
    path("financeiro/notas/pendencias/", fiscal_tasks, name="fiscal_tasks"),
    path(
        "financeiro/notas/pendencias/<uuid:task_id>/deixar/",
        fiscal_task_dismiss,
        name="fiscal_task_dismiss",
    ),
    path("faturas/<uuid:invoice_id>/nota/", invoice_document, name="invoice_document"),
]
