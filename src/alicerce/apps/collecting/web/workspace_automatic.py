"""A customer's authorisations as the company sees them, and a way to end one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.billing import public as billing
from alicerce.apps.collecting import permissions
from alicerce.apps.collecting.errors import NoSuchMandate
from alicerce.apps.collecting.queries import mandates as queries
from alicerce.apps.collecting.services.ask_mandate import ask_mandate
from alicerce.apps.collecting.services.revoke_mandate import revoke_mandate
from alicerce.apps.collecting.types import EndedBy, MandateView
from alicerce.apps.collecting.web.asking_bank import BankForm
from alicerce.apps.collecting.web.automatic_parts import debits_table, mandates_table
from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Crumb, Section
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.texts import Text


def customer_mandates(request: Request, customer_id: UUID) -> list[Content]:
    """Nothing for customers of a company whose PSP has no such thing."""
    found, debits = queries.mandates_of(customer_id), queries.debits_of(customer_id)
    if not found and billing.automatic_account() is None:
        return []
    may_end = permissions.REVOKE in request.permissions
    table = mandates_table(
        found,
        actions=_actions if may_end else None,
        empty=EmptyState(
            _("Nenhuma autorização"),
            _("O cliente autoriza ao pagar uma fatura por Pix, ou na área dele."),
            icon="refresh-cw",
        ),
    )
    body: list[Content] = [table]
    if permissions.ASK in request.permissions and queries.may_ask_bank(customer_id):
        url = reverse("workspace:mandate_ask", args=[customer_id])
        body.append(LinkButton(_("Pedir no aplicativo do banco"), url, icon="send"))
    if debits:
        invoices = billing.summaries_by_id([each.invoice_id for each in debits])
        body.append(
            debits_table(
                debits,
                invoices,
                url_of=lambda each: reverse("workspace:invoice", args=[each.id]),
            )
        )
    return [Section(_("Pix Automático"), body)]


@requires("workspace:enter")
@requires(permissions.ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, customer_id: UUID) -> HttpResponse:
    """For a customer who said which account is to pay: they answer in their bank's program."""
    try:
        customer = queries.payer(customer_id)
    except NoSuchCustomer:
        raise Http404 from None
    form = BankForm(request.POST or None)
    back = reverse("workspace:customer_cards", args=[customer_id])
    if request.method == "POST" and form.is_valid():
        try:
            ask_mandate(
                customer_id=customer_id,
                limit=form.limit(),
                in_app=form.payer_bank(now()),
                at=now(),
            )
            messages.success(request, _("O pedido vai ao banco. O cliente recebe um e-mail."))
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(back)
    told = _("O banco mostra o pedido a %(name)s, titular da conta, que aceita ou recusa lá.")
    wanted = form.ask(reverse("workspace:mandate_ask", args=[customer_id]))
    return render_page(
        request,
        Page(
            _("Pedir Pix Automático"),
            "workspace",
            [Card([Text(told % {"name": customer.name}), wanted])],
            width="narrow",
            breadcrumbs=[Crumb(customer.name, back), Crumb(_("Pix Automático"))],
            status=422 if form.errors else 200,
        ),
    )


@requires("workspace:enter")
@requires(permissions.REVOKE)
@require_POST
def revoke(request: Request, mandate_id: UUID) -> HttpResponse:
    try:
        mandate = queries.mandate(mandate_id)
    except NoSuchMandate:
        raise Http404 from None
    if revoke_mandate(mandate_id=mandate_id, by=EndedBy.COMPANY, at=now()):
        messages.success(request, _("A autorização foi encerrada: nada mais é debitado."))
    url = reverse("workspace:customer_cards", args=[mandate.customer_id])
    return HttpResponseRedirect(url)


def _actions(mandate: MandateView) -> Content:
    if mandate.ended_at:
        return ""
    return ConfirmDialog(
        f"encerrar-{mandate.id}",
        Button(_("Encerrar"), icon="trash-2", variant="ghost", size="sm"),
        _("Encerrar o Pix Automático deste cliente?"),
        [Text(_("O cliente recebe um e-mail, e paga as próximas faturas como preferir."))],
        _("Encerrar autorização"),
        reverse("workspace:mandate_revoke", args=[mandate.id]),
    )


urlpatterns = [
    path("clientes/<uuid:customer_id>/pix-automatico/", ask, name="mandate_ask"),
    path("clientes/autorizacoes/<uuid:mandate_id>/encerrar/", revoke, name="mandate_revoke"),
]
