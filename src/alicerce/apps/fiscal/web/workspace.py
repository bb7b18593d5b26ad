"""A company's tax documents: listed, read, sent again, cancelled and substituted."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.fiscal import permissions
from alicerce.apps.fiscal.errors import NoSuchDocument
from alicerce.apps.fiscal.queries.documents import document as document_card
from alicerce.apps.fiscal.queries.documents import documents, open_tasks, xml_of
from alicerce.apps.fiscal.services.cancel_document import ask_cancellation, dismiss_task
from alicerce.apps.fiscal.services.queue_document import (
    queue_document,
    retry_document,
    substitute_document,
)
from alicerce.apps.fiscal.types import DocumentCard, FiscalStatus
from alicerce.apps.fiscal.web import components as parts
from alicerce.apps.fiscal.web.forms import CancelForm, DismissForm
from alicerce.apps.fiscal.web.words import CANCEL_CODES, STATUS
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.money import Money
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import money
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
from alicerce.ui.panels import Note
from alicerce.ui.status import badge

CANCEL, SUBSTITUTE = "fiscal.cancel_approved", "fiscal.substitute_approved"


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
    found = _found(document_id)
    may = permissions.MANAGE in request.permissions
    buttons = [*(parts.actions(found) if may else []), *parts.xml_button(found)]
    body: list[Content] = [*parts.notes(found), *([Row(buttons)] if buttons else [])]
    name = parts.document_name(found)
    page = Page(
        name,
        "workspace",
        [*body, parts.facts(found, billing.invoice(found.invoice_id).code)],
        badge=badge(STATUS, found.status),
        breadcrumbs=[*_trail(), Crumb(name)],
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
    _found(document_id)
    try:
        retry_document(document_id=document_id, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("A nota está na fila de novo, com o mesmo número."))
    return HttpResponseRedirect(parts.document_url(document_id))


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def fiscal_document_cancel(request: Request, document_id: UUID) -> HttpResponse:
    found = _authorized(document_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep(request, CANCEL, about=document_id, typed=request.POST.dict())
        url = parts.document_url(document_id, "fiscal_document_cancel_confirm")
        return HttpResponseRedirect(url)
    title = _("Cancelar nota")
    ask = Form(
        "",
        form_fields(form),
        [
            Button(_("Continuar"), variant="primary"),
            LinkButton(_("Voltar"), parts.document_url(document_id)),
        ],
        FormErrors(form) if form.errors else "",
    )
    told = _("O município diz até quando aceita. A fatura não muda: corrija-a à parte.")
    page = Page(
        title,
        "workspace",
        [Note("info", told), Card([ask])],
        lead=parts.document_name(found),
        breadcrumbs=[*_trail(), Crumb(title)],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _foresee_cancel(request: Request, document_id: UUID) -> Foreseen:
    found, form = _authorized(document_id), _cancel_form(request, document_id)
    return Foreseen(
        title=_("Cancelar nota"),
        facts=[
            (_("Nota"), parts.document_name(found)),
            (_("Valor do serviço"), money(found.amount)),
            (_("Motivo"), CANCEL_CODES[form.meant]),
            (_("Descrição"), form.cleaned_data["reason"]),
        ],
        button=_("Cancelar nota"),
        entity="fiscal_document",
        entity_id=document_id,
        amount_cents=found.amount.cents,
        back=parts.document_url(document_id),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@sensitive(CANCEL, permission=permissions.MANAGE, foresee=_foresee_cancel)
def fiscal_document_cancel_confirm(request: Request, document_id: UUID) -> HttpResponseBase:
    form = _cancel_form(request, document_id)
    drop(request, CANCEL)
    try:
        ask_cancellation(
            document_id=document_id,
            code=form.meant,
            reason=form.cleaned_data["reason"],
            at=now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Cancelamento a caminho."))
    return HttpResponseRedirect(parts.document_url(document_id))


def _foresee_substitute(request: Request, document_id: UUID) -> Foreseen:
    found = _authorized(document_id)
    left = billing.declared_of(found.invoice_id).cents
    return Foreseen(
        title=_("Substituir nota"),
        facts=[
            (_("Nota"), parts.document_name(found)),
            (_("Valor de agora"), money(found.amount)),
            (_("Valor da nova"), money(Money(left, found.amount.currency))),
            (_("Depois"), _("A nova cancela esta quando for autorizada.")),
        ],
        button=_("Substituir nota"),
        entity="fiscal_document",
        entity_id=document_id,
        amount_cents=left,
        back=parts.document_url(document_id),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@sensitive(SUBSTITUTE, permission=permissions.MANAGE, foresee=_foresee_substitute)
def fiscal_document_substitute(request: Request, document_id: UUID) -> HttpResponseBase:
    try:
        document_id = substitute_document(document_id=document_id, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
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
        breadcrumbs=[*_trail(), Crumb(_("Pendências"), back), Crumb(title)],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _filters(status: FiscalStatus | None) -> Filters:
    choices = [("", _("Todas")), *((s.value, str(STATUS[s].words)) for s in FiscalStatus)]
    select = FilterSelect("estado", _("Estado"), choices, status.value if status else "")
    return Filters(reverse("workspace:fiscal_documents"), selects=[select])


def _found(document_id: UUID) -> DocumentCard:
    try:
        return document_card(document_id)
    except NoSuchDocument:
        raise Http404 from None


def _authorized(document_id: UUID) -> DocumentCard:
    found = _found(document_id)
    if found.status != FiscalStatus.AUTHORIZED:
        raise Http404
    return found


def _cancel_form(request: Request, document_id: UUID) -> CancelForm:
    form = CancelForm(kept(request, CANCEL, about=document_id))
    if not form.is_valid():
        raise Http404
    return form


def _trail() -> list[Crumb]:
    return [Crumb(_("Notas fiscais"), reverse("workspace:fiscal_documents"))]


ONE = "financeiro/notas/<uuid:document_id>/"
urlpatterns = [
    path("financeiro/notas/", fiscal_documents, name="fiscal_documents"),
    path(ONE, fiscal_document, name="fiscal_document"),
    path(f"{ONE}xml/", fiscal_document_xml, name="fiscal_document_xml"),
    path(f"{ONE}reenviar/", fiscal_document_retry, name="fiscal_document_retry"),
    path(f"{ONE}cancelar/", fiscal_document_cancel, name="fiscal_document_cancel"),
    path(
        f"{ONE}cancelar/confirmar/",
        fiscal_document_cancel_confirm,
        name="fiscal_document_cancel_confirm",
    ),
    path(f"{ONE}substituir/", fiscal_document_substitute, name="fiscal_document_substitute"),
    path("financeiro/notas/pendencias/", fiscal_tasks, name="fiscal_tasks"),
    path(
        "financeiro/notas/pendencias/<uuid:task_id>/deixar/",
        fiscal_task_dismiss,
        name="fiscal_task_dismiss",
    ),
    path("faturas/<uuid:invoice_id>/nota/", invoice_document, name="invoice_document"),
]
