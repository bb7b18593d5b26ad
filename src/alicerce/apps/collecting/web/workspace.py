"""A customer's cards as the company sees them, and a way to charge one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting import permissions
from alicerce.apps.collecting.queries import cards as queries
from alicerce.apps.collecting.queries.collections import collections_for, collections_of
from alicerce.apps.collecting.services.begin_attempt import begin_attempt
from alicerce.apps.collecting.types import CollectionView, Trigger
from alicerce.apps.collecting.web import components, workspace_automatic
from alicerce.apps.collecting.web.workspace_automatic import customer_mandates
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, ConfirmDialog
from alicerce.ui.component import Content
from alicerce.ui.formats import money
from alicerce.ui.layout import Section
from alicerce.ui.panels import EmptyState, Note
from alicerce.ui.texts import Text


def customer_cards(request: Request, customer_id: UUID) -> list[Content]:
    """The part of a customer's page: cards, what they pay next, and every time one was charged."""
    kept = queries.cards_of(customer_id)
    table = components.cards_table(
        kept,
        today=queries.today(now()),
        empty=EmptyState(
            _("Nenhum cartão guardado"),
            _("O cliente guarda um cartão na área dele, ou ao pagar um pedido."),
            icon="credit-card",
        ),
    )
    body: list[Content] = [table]
    if kept and not queries.pays_by_itself(customer_id):
        body.insert(0, Note("warn", _("O cliente desligou o pagamento automático.")))
    if kept:
        body += _open(request, customer_id)
    collections = collections_of(customer_id)
    invoices = billing.summaries_by_id([each.invoice_id for each in collections])
    history = components.attempts_table(collections, invoices)
    automatic = customer_mandates(request, customer_id)
    return [*body, Section(_("Cobranças no cartão"), [history]), *automatic]


@requires("workspace:enter")
@requires(permissions.CHARGE)
@require_POST
def charge(request: Request, invoice_id: UUID) -> HttpResponse:
    try:
        invoice = billing.invoice(invoice_id)
    except NoSuchInvoice:
        raise Http404 from None
    try:
        begin_attempt(invoice_id=invoice_id, trigger=Trigger.ADMIN, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("O cartão do cliente está sendo cobrado."))
    url = reverse("workspace:customer_cards", args=[invoice.customer_id])
    return HttpResponseRedirect(url)


def _open(request: Request, customer_id: UUID) -> list[Content]:
    invoices = billing.open_invoices_of(customer_id)
    if not invoices:
        return []
    collections = collections_for([each.id for each in invoices])
    may_charge = permissions.CHARGE in request.permissions
    table = components.open_table(
        invoices,
        collections,
        url_of=lambda each: reverse("workspace:invoice", args=[each.id]),
        action=lambda each: _charge(each, collections.get(each.id)) if may_charge else "",
    )
    return [Section(_("Faturas em aberto"), [table])]


def _charge(invoice: InvoiceSummary, collection: CollectionView | None) -> Content:
    busy = collection is not None and collection.is_charging
    amount = {"amount": money(invoice.remaining)}
    return ConfirmDialog(
        f"cobrar-{invoice.id}",
        Button(_("Cobrar o cartão"), icon="credit-card", size="sm", disabled=busy),
        _("Cobrar %(amount)s no cartão do cliente?") % amount,
        [Text(_("A cobrança é feita agora, no cartão principal, e o cliente a vê na fatura."))],
        _("Cobrar agora"),
        reverse("workspace:card_charge", args=[invoice.id]),
    )


urlpatterns = [
    *workspace_automatic.urlpatterns,
    path("faturas/<uuid:invoice_id>/cobrar-cartao/", charge, name="card_charge"),
]
