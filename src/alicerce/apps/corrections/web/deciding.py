"""One correction that a program asked for: seen, proven, seen once more, done; or refused with a reason."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alicerce.apps.corrections.errors import NoSuchCorrection
from alicerce.apps.corrections.queries.corrections import correction as find_correction
from alicerce.apps.corrections.services.decide import carry_out, refuse
from alicerce.apps.corrections.services.perform import foresee
from alicerce.apps.corrections.types import PERMISSIONS, CorrectionView, Effect
from alicerce.apps.corrections.web import facts
from alicerce.apps.corrections.web.components import correction_url
from alicerce.apps.corrections.web.words import DONE, KINDS
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, sensitive
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page

GATES = {
    "billing:refund": ("devolver", "correction_refund", "correction.refund_approved"),
    "billing:settle": ("registrar", "correction_settle", "correction.payment_approved"),
    "billing:manage": ("corrigir", "correction_manage", "correction.change_approved"),
}
"""By the permission of the page that does the same: its place, its address and what the proof is for."""


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Motivo"),
        help_text=gettext_lazy("Quem pediu o lê pela API."),
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def found(correction_id: UUID) -> CorrectionView:
    """A page that is not there otherwise."""
    try:
        return find_correction(correction_id)
    except NoSuchCorrection:
        raise Http404 from None


def confirm_url(view: CorrectionView) -> str:
    return reverse(f"workspace:{GATES[PERMISSIONS[view.kind]][1]}", args=[view.id])


def may_decide(request: Request, view: CorrectionView) -> bool:
    return view.may_be_decided(now()) and PERMISSIONS[view.kind] in request.permissions


def _waiting(correction_id: UUID, permission: str) -> CorrectionView:
    """One that waits, and that this permission decides about."""
    view = found(correction_id)
    if not view.may_be_decided(now()) or PERMISSIONS[view.kind] != permission:
        raise Http404
    return view


def _gate(permission: str, place: str, name: str, action: str) -> URLPattern:
    """Where those who may do the same on a page carry it out."""

    def foreseen(request: Request, correction_id: UUID) -> Foreseen:
        view = _waiting(correction_id, permission)
        effect = foresee(wanted=view.wanted, at=now())
        request.effect = effect  # type: ignore[attr-defined]
        return Foreseen(
            title=KINDS[view.kind],
            facts=facts.of_confirmation(request, view, effect),
            button=KINDS[view.kind],
            entity="correction",
            entity_id=correction_id,
            amount_cents=effect.amount.cents,
            back=correction_url(correction_id),
            whole=repr((view.wanted, effect)),
        )

    @requires("workspace:enter")
    @requires("billing:read")
    @sensitive(action, permission=permission, foresee=foreseen)
    def confirm(request: Request, correction_id: UUID) -> HttpResponseBase:
        view = _waiting(correction_id, permission)
        seen: Effect = request.effect  # type: ignore[attr-defined]
        try:
            carry_out(correction_id=view.id, seen=seen, by=_me(request), at=now())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, str(DONE[view.kind]))
        return HttpResponseRedirect(correction_url(correction_id))

    confirm.__name__ = name
    return path(f"financeiro/correcoes/<uuid:correction_id>/{place}/", confirm, name=name)


@requires("workspace:enter")
@requires("billing:read")
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_correction(request: Request, correction_id: UUID) -> HttpResponse:
    """Who could carry it out says no. No money moves, so nothing more is asked than why."""
    view = found(correction_id)
    if PERMISSIONS[view.kind] not in request.permissions:
        raise PermissionDenied(PERMISSIONS[view.kind])
    if not view.may_be_decided(now()):
        raise Http404
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        refuse(correction_id=view.id, reason=reason, by=_me(request), at=now())
        messages.success(request, _("Pedido recusado. Nada mudou."))
        return HttpResponseRedirect(reverse("workspace:corrections"))
    return render_page(request, _refusal_page(view, form))


def _refusal_page(view: CorrectionView, form: RefusalForm) -> Page:
    title = _("Recusar pedido")
    ask = Form(
        "",
        form_fields(form),
        [Button(title, variant="primary"), LinkButton(_("Voltar"), correction_url(view.id))],
        FormErrors(form) if form.errors else "",
    )
    return Page(
        title,
        "workspace",
        [Card([ask])],
        lead=str(KINDS[view.kind]),
        breadcrumbs=[
            Crumb(_("Correções pedidas"), reverse("workspace:corrections")),
            Crumb(KINDS[view.kind], correction_url(view.id)),
            Crumb(title),
        ],
        width="narrow",
        status=422 if form.errors else 200,
    )


def _me(request: Request) -> UUID:
    return UUID(str(request.user.pk))


urlpatterns = [
    *(_gate(permission, *where) for permission, where in GATES.items()),
    path(
        "financeiro/correcoes/<uuid:correction_id>/recusar/",
        refuse_correction,
        name="correction_refuse",
    ),
]
