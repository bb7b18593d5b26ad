"""A customer's cards as the company sees them, and a way to charge one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.billing.types import InvoiceKind, InvoiceSummary
from alicerce.apps.collecting import permissions
from alicerce.apps.collecting.queries import cards as queries
from alicerce.apps.collecting.queries.collections import collections_for, collections_of
from alicerce.apps.collecting.queries.foretold_words import self_payments
from alicerce.apps.collecting.services.begin_attempt import begin_attempt
from alicerce.apps.collecting.types import CollectionView, Trigger
from alicerce.apps.collecting.web import components, workspace_automatic
from alicerce.apps.collecting.web.workspace_automatic import customer_mandates
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, sensitive
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import money
from alicerce.ui.layout import Row, Section
from alicerce.ui.panels import EmptyState, Note


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


def invoice_note(request: Request, invoice_id: UUID) -> list[Content]:
    """The part of an invoice's page: what pays it by itself, and a way to charge the kept card now."""
    invoice = billing.invoice(invoice_id)
    told = self_payments([invoice], now()).get(invoice_id)
    charge = _charge_button(request, invoice)
    if told:
        return [Note("info", told.words, title=told.title, actions=charge)]
    return [Row(charge)] if charge else []


def _charge_button(request: Request, invoice: InvoiceSummary) -> list[Content]:
    is_sale = invoice.kind == InvoiceKind.SALE and invoice.is_payable
    if permissions.CHARGE not in request.permissions or not is_sale:
        return []
    if queries.card_to_charge(invoice.customer_id, today=queries.today(now())) is None:
        return []
    url = reverse("workspace:card_charge", args=[invoice.id])
    return [LinkButton(_("Cobrar o cartão guardado agora"), url, icon="credit-card", size="sm")]


def _foresee(request: Request, invoice_id: UUID) -> Foreseen:
    invoice = _invoice(invoice_id)
    card = queries.card_to_charge(invoice.customer_id, today=queries.today(now()))
    if card is None or not invoice.is_payable:
        raise Http404
    return Foreseen(
        title=_("Cobrar o cartão guardado agora"),
        facts=[
            (_("Fatura"), invoice.code),
            (_("Valor"), money(invoice.remaining)),
            (_("Cartão"), str(card)),
            (_("Depois"), _("O cliente vê a cobrança na fatura. Ela não é repetida sozinha.")),
        ],
        button=_("Cobrar agora"),
        entity="invoice",
        entity_id=invoice_id,
        amount_cents=invoice.remaining.cents,
        back=reverse("workspace:invoice", args=[invoice_id]),
    )


def _invoice(invoice_id: UUID) -> InvoiceSummary:
    try:
        return billing.invoice(invoice_id)
    except NoSuchInvoice:
        raise Http404 from None


@requires("workspace:enter")
@sensitive("card_charge.approved", permission=permissions.CHARGE, foresee=_foresee)
def charge(request: Request, invoice_id: UUID) -> HttpResponse:
    try:
        begin_attempt(invoice_id=invoice_id, trigger=Trigger.ADMIN, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("O cartão do cliente está sendo cobrado."))
    return HttpResponseRedirect(reverse("workspace:invoice", args=[invoice_id]))


def _open(request: Request, customer_id: UUID) -> list[Content]:
    invoices = billing.open_invoices_of(customer_id)
    if not invoices:
        return []
    collections = collections_for([each.id for each in invoices])
    may_charge = permissions.CHARGE in request.permissions
    table = components.open_table(
        invoices,
        self_payments(invoices, now()),
        collections,
        url_of=lambda each: reverse("workspace:invoice", args=[each.id]),
        action=lambda each: _charge(each, collections.get(each.id)) if may_charge else "",
    )
    return [Section(_("Faturas em aberto"), [table])]


def _charge(invoice: InvoiceSummary, collection: CollectionView | None) -> Content:
    if collection is not None and collection.is_charging:
        return ""
    url = reverse("workspace:card_charge", args=[invoice.id])
    return LinkButton(_("Cobrar o cartão"), url, icon="credit-card", size="sm")


urlpatterns = [
    *workspace_automatic.urlpatterns,
    path("faturas/<uuid:invoice_id>/cobrar-cartao/", charge, name="card_charge"),
]
