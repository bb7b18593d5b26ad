"""A note that ends: cancelled, or another takes its place. Proven, seen once more, and with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.billing import public as billing
from alicerce.apps.fiscal import permissions
from alicerce.apps.fiscal.services.cancel_document import ask_cancellation
from alicerce.apps.fiscal.services.queue_document import substitute_document
from alicerce.apps.fiscal.types import DocumentCard, FiscalStatus
from alicerce.apps.fiscal.web import components as parts
from alicerce.apps.fiscal.web.forms import CancelForm
from alicerce.apps.fiscal.web.words import CANCEL_CODES
from alicerce.apps.fiscal.web.workspace import ONE, found, trail
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.money import Money
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.formats import money
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note

CANCEL, SUBSTITUTE = "fiscal.cancel_approved", "fiscal.substitute_approved"


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def fiscal_document_cancel(request: Request, document_id: UUID) -> HttpResponse:
    one = _authorized(document_id)
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
        lead=parts.document_name(one),
        breadcrumbs=[*trail(), Crumb(title)],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _foresee_cancel(request: Request, document_id: UUID) -> Foreseen:
    one, form = _authorized(document_id), _cancel_form(request, document_id)
    return Foreseen(
        title=_("Cancelar nota"),
        facts=[
            (_("Nota"), parts.document_name(one)),
            (_("Valor do serviço"), money(one.amount)),
            (_("Motivo"), CANCEL_CODES[form.meant]),
            (_("Descrição"), form.cleaned_data["reason"]),
        ],
        button=_("Cancelar nota"),
        entity="fiscal_document",
        entity_id=document_id,
        amount_cents=one.amount.cents,
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
    one = _authorized(document_id)
    left = billing.declared_of(one.invoice_id).cents
    return Foreseen(
        title=_("Substituir nota"),
        facts=[
            (_("Nota"), parts.document_name(one)),
            (_("Valor de agora"), money(one.amount)),
            (_("Valor da nova"), money(Money(left, one.amount.currency))),
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


def _authorized(document_id: UUID) -> DocumentCard:
    one = found(document_id)
    if one.status != FiscalStatus.AUTHORIZED:
        raise Http404
    return one


def _cancel_form(request: Request, document_id: UUID) -> CancelForm:
    form = CancelForm(kept(request, CANCEL, about=document_id))
    if not form.is_valid():
        raise Http404
    return form


urlpatterns = [
    path(f"{ONE}cancelar/", fiscal_document_cancel, name="fiscal_document_cancel"),
    path(
        f"{ONE}cancelar/confirmar/",
        fiscal_document_cancel_confirm,
        name="fiscal_document_cancel_confirm",
    ),
    path(f"{ONE}substituir/", fiscal_document_substitute, name="fiscal_document_substitute"),
]
