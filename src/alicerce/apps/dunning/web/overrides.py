"""What holds for one customer instead of the rule."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.billing import public as billing
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.apps.dunning import permissions
from alicerce.apps.dunning.queries.ladders import ladders, override_of
from alicerce.apps.dunning.queries.walks import walks_of
from alicerce.apps.dunning.services import override as services
from alicerce.apps.dunning.types import OverrideCard
from alicerce.apps.dunning.web import components as parts
from alicerce.apps.dunning.web.forms import OverrideForm
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb, Section
from alicerce.ui.page import Page, render_page

FEW = 20


@requires("workspace:enter")
@requires(permissions.MANAGE)
@require_http_methods(["GET", "POST"])
def override(request: Request, customer_id: UUID) -> HttpResponse:
    name, held = _name(customer_id), override_of(customer_id)
    form = OverrideForm(request.POST or None, ladders=ladders(), initial=_initial(held))
    if request.method == "POST" and form.is_valid():
        try:
            services.set_override(customer_id=customer_id, wanted=form.wanted(), at=now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("A exceção vale a partir de agora."))
            return HttpResponseRedirect(_url(customer_id))
    title = _("Exceção para %(name)s") % {"name": name}
    page = Page(
        title,
        "workspace",
        [_card(form), *_walks(customer_id)],
        lead=_("O que vale para este cliente no lugar da regra. O que já aconteceu não muda."),
        breadcrumbs=[Crumb(_("Em atraso"), reverse("workspace:dunning")), Crumb(title)],
        actions=[_lift(customer_id)] if held else [],
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.MANAGE)
@require_POST
def lift(request: Request, customer_id: UUID) -> HttpResponse:
    _name(customer_id)
    if services.lift_override(customer_id=customer_id, at=now()):
        messages.success(request, _("A regra da empresa vale de novo para este cliente."))
    return HttpResponseRedirect(_url(customer_id))


def _card(form: OverrideForm) -> Card:
    actions: list[Content] = [
        LinkButton(_("Cancelar"), reverse("workspace:dunning"), variant="ghost"),
        Button(_("Salvar exceção"), variant="primary"),
    ]
    return Card([Form("", form_fields(form), actions, FormErrors(form) if form.errors else "")])


def _walks(customer_id: UUID) -> list[Content]:
    found = walks_of(customer_id, limit=FEW, at=now())
    if not found:
        return []
    invoices = billing.summaries_by_id([each.invoice_id for each in found])
    table = parts.overdue_table(found, invoices, {}, newer="", older="")
    return [Section(_("Faturas em aberto deste cliente"), [table])]


def _lift(customer_id: UUID) -> PostButton:
    url = reverse("workspace:dunning_override_lift", args=[customer_id])
    return PostButton(Button(_("Voltar à regra")), url)


def _initial(held: OverrideCard | None) -> dict[str, Any]:
    if held is None:
        return {}
    return {
        "ladder": str(held.ladder_id or ""),
        "extra_days": held.extra_days or None,
        "exempt_until": held.exempt_until,
        "reason": held.reason,
    }


def _name(customer_id: UUID) -> str:
    try:
        return customers.customer_detail(customer_id).profile.name
    except NoSuchCustomer:
        raise Http404 from None


def _url(customer_id: UUID) -> str:
    return reverse("workspace:dunning_override", args=[customer_id])


urlpatterns = [
    path("cobranca/clientes/<uuid:customer_id>/", override, name="dunning_override"),
    path("cobranca/clientes/<uuid:customer_id>/retirar/", lift, name="dunning_override_lift"),
]
