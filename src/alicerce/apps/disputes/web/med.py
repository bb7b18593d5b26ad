"""MED, written down and followed by people."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import NoSuchPayment
from alicerce.apps.billing.types import PaymentMethod, PaymentView
from alicerce.apps.disputes import permissions
from alicerce.apps.disputes.errors import MedNotSound
from alicerce.apps.disputes.services.med import (
    note_defence,
    record_med,
    reject_med,
    require_sound,
    return_med,
)
from alicerce.apps.disputes.types import DisputeKind, DisputeView, NewMed
from alicerce.apps.disputes.web import components as parts
from alicerce.apps.disputes.web.desk import found, title_of, url
from alicerce.apps.disputes.web.forms import MedForm, ReturnForm
from alicerce.apps.disputes.web.med_parts import record_facts, return_card
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.money import Money
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.buttons import Button
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page

RECORD, RETURN = "dispute.med_approved", "dispute.return_approved"


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, payment_id: UUID) -> HttpResponse:
    paid = _pix(payment_id)
    form = MedForm(request.POST or None, zone=parts.zone(), initial=_initial(paid))
    if request.method == "POST" and form.is_valid():
        try:
            require_sound(told=form.told(payment_id))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            keep(request, RECORD, about=payment_id, typed=request.POST.dict())
            return HttpResponseRedirect(reverse("workspace:med_new_confirm", args=[payment_id]))
    title = _("Registrar MED")
    ask = Form(
        "",
        form_fields(form),
        [Button(_("Continuar"), variant="primary")],
        FormErrors(form) if form.errors else "",
    )
    page = Page(
        title,
        "workspace",
        [Card([ask])],
        lead=_("Pix de %(amount)s · %(reference)s")
        % {"amount": paid.amount, "reference": paid.reference},
        breadcrumbs=[Crumb(_("Disputas"), reverse("workspace:disputes")), Crumb(title)],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _foresee_record(request: Request, payment_id: UUID) -> Foreseen:
    paid, told = _typed_med(request, payment_id)
    return Foreseen(
        title=_("Registrar MED"),
        facts=record_facts(paid, told, zone=parts.zone()),
        button=_("Registrar MED"),
        entity="payment",
        entity_id=payment_id,
        amount_cents=told.cents,
        back=_back(paid),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@sensitive(RECORD, permission=permissions.ANSWER, foresee=_foresee_record)
def new_confirm(request: Request, payment_id: UUID) -> HttpResponseBase:
    paid, told = _typed_med(request, payment_id)
    drop(request, RECORD)
    try:
        dispute_id = record_med(told=told, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(_back(paid))
    messages.success(request, _("MED registrado."))
    return HttpResponseRedirect(url(dispute_id))


def _back(paid: PaymentView) -> str:
    if paid.invoice_id is None:
        return reverse("workspace:disputes")
    return reverse("workspace:invoice", args=[paid.invoice_id])


def _typed_med(request: Request, payment_id: UUID) -> tuple[PaymentView, NewMed]:
    paid = _pix(payment_id)
    form = MedForm(kept(request, RECORD, about=payment_id), zone=parts.zone())
    if not form.is_valid():
        raise Http404
    return paid, form.told(payment_id)


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.ANSWER)
@require_POST
def defence(request: Request, dispute_id: UUID) -> HttpResponse:
    _med(dispute_id)
    try:
        note_defence(dispute_id=dispute_id, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(url(dispute_id))


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.ANSWER)
@require_POST
def reject(request: Request, dispute_id: UUID) -> HttpResponse:
    _med(dispute_id)
    try:
        reject_med(dispute_id=dispute_id, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(url(dispute_id))


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: Request, dispute_id: UUID) -> HttpResponse:
    view = _med(dispute_id)
    form = ReturnForm(request.POST or None, initial={"amount": view.amount.cents})
    if request.method == "POST" and form.is_valid():
        if 0 < form.cents() <= view.amount.cents:
            keep(request, RETURN, about=dispute_id, typed=request.POST.dict())
            there = reverse("workspace:med_return_confirm", args=[dispute_id])
            return HttpResponseRedirect(there)
        form.add_error("amount", str(MedNotSound()))
    page = Page(
        _("Registrar devolução"),
        "workspace",
        [return_card(view, form)],
        lead=title_of(view),
        breadcrumbs=[
            Crumb(_("Disputas"), reverse("workspace:disputes")),
            Crumb(title_of(view)),
        ],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _foresee_return(request: Request, dispute_id: UUID) -> Foreseen:
    view, form = _typed_return(request, dispute_id)
    returned = Money(form.cents(), view.amount.currency)
    return Foreseen(
        title=_("Registrar devolução"),
        facts=[
            (_("Valor contestado"), str(view.amount)),
            (_("Valor que se perde"), str(returned)),
            (_("Identificador da devolução"), form.cleaned_data["reference"]),
            (_("Não tem volta"), _("A disputa termina perdida, e os livros dizem a perda.")),
        ],
        button=_("Registrar devolução"),
        entity="dispute",
        entity_id=dispute_id,
        amount_cents=returned.cents,
        back=url(dispute_id),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@sensitive(RETURN, permission=permissions.ANSWER, foresee=_foresee_return)
def give_back_confirm(request: Request, dispute_id: UUID) -> HttpResponseBase:
    _view, form = _typed_return(request, dispute_id)
    drop(request, RETURN)
    try:
        return_med(
            dispute_id=dispute_id,
            cents=form.cents(),
            reference=form.cleaned_data["reference"],
            at=now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(url(dispute_id))


def _typed_return(request: Request, dispute_id: UUID) -> tuple[DisputeView, ReturnForm]:
    view = _med(dispute_id)
    form = ReturnForm(kept(request, RETURN, about=dispute_id))
    if not form.is_valid():
        raise Http404
    return view, form


def _pix(payment_id: UUID) -> PaymentView:
    try:
        paid = billing.find_payment(payment_id)
    except NoSuchPayment:
        raise Http404 from None
    if paid.method != PaymentMethod.PIX:
        raise Http404
    return paid


def _med(dispute_id: UUID) -> DisputeView:
    view = found(dispute_id)
    if view.kind != DisputeKind.MED:
        raise Http404
    return view


def _initial(paid: PaymentView) -> dict[str, object]:
    return {"amount": paid.amount.cents, "is_blocked": True}


urlpatterns = [
    path("disputas/pix/<uuid:payment_id>/", new, name="med_new"),
    path("disputas/pix/<uuid:payment_id>/confirmar/", new_confirm, name="med_new_confirm"),
    path("disputas/<uuid:dispute_id>/defesa/", defence, name="med_defence"),
    path("disputas/<uuid:dispute_id>/rejeitar/", reject, name="med_reject"),
    path("disputas/<uuid:dispute_id>/devolver/", give_back, name="med_return"),
    path(
        "disputas/<uuid:dispute_id>/devolver/confirmar/",
        give_back_confirm,
        name="med_return_confirm",
    ),
]
