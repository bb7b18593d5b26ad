"""Where an invoice is paid: having the payer's own bank ask them, in its program."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import InvoiceLinkEnded, NoSuchInvoice
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting.queries.mandates import may_ask_bank
from alicerce.apps.collecting.services.ask_mandate import ask_mandate
from alicerce.apps.collecting.web.asking_bank import BankForm
from alicerce.apps.collecting.web.automatic import is_debitable, room
from alicerce.apps.collecting.web.automatic_parts import consent
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import LinkButton
from alicerce.ui.layout import Card
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note
from alicerce.ui.texts import Amount, Text


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def automatic_bank(request: Request, token: str) -> HttpResponse:
    """Whoever holds the link has the customer's bank asked: the account has to be the customer's own."""
    invoice = _invoice(token)
    standing = HttpResponseRedirect(reverse("site:automatic", args=[token]))
    if invoice is None:
        return HttpResponseRedirect(reverse("site:invoice", args=[token]))
    if not is_debitable(invoice) or not may_ask_bank(invoice.customer_id):
        return standing
    form = BankForm(request.POST or None, initial={"most": room(invoice.remaining)})
    if request.method == "POST" and form.is_valid():
        _ask(request, invoice, form)
        return standing
    response = render_page(request, _page(invoice, form))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _invoice(token: str) -> InvoiceSummary | None:
    """None where its link has ended."""
    try:
        return billing.invoice_of_token(token, at=now())
    except NoSuchInvoice:
        raise Http404 from None
    except InvoiceLinkEnded:
        return None


def _ask(request: Request, invoice: InvoiceSummary, form: BankForm) -> None:
    at = now()
    try:
        ask_mandate(
            customer_id=invoice.customer_id,
            invoice_id=invoice.id,
            limit=form.limit(),
            in_app=form.payer_bank(at),
            at=at,
        )
    except Refused as refused:
        messages.error(request, str(refused))


def _page(invoice: InvoiceSummary, form: BankForm) -> Page:
    words = _(
        "O pedido não paga esta fatura: ela é debitada no vencimento se o banco confirmar a tempo. "
        "Até lá você a paga como quiser."
    )
    back = reverse("site:invoice", args=[invoice.token])
    body = [
        Amount(invoice.remaining, label=_("Total a pagar")),
        Text(consent(tenancy.tenant_card().name)),
        Note("info", words),
        form.ask(reverse("site:automatic_bank", args=[invoice.token])),
        LinkButton(_("Pagar de outra forma"), back, variant="ghost"),
    ]
    status = 422 if form.errors else 200
    return Page(_("Pix Automático"), "site", [Card(body)], width="narrow", status=status)
