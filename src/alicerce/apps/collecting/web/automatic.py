"""Pix Automático where an invoice is paid: what is asked, and the code that pays and authorises."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import InvoiceLinkEnded, NoSuchInvoice
from alicerce.apps.billing.ports import WayToPay
from alicerce.apps.billing.types import InvoiceKind, InvoiceSummary
from alicerce.apps.collecting.queries.mandates import is_offered, mandate_for, may_ask_bank
from alicerce.apps.collecting.services.ask_mandate import CURRENCY, ask_mandate
from alicerce.apps.collecting.types import (
    Journey,
    MandateLimit,
    MandateStatus,
    MandateView,
)
from alicerce.apps.collecting.web.automatic_parts import (
    consent,
    over_sentence,
    waiting_parts,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card
from alicerce.ui.live import LiveRegion
from alicerce.ui.money_field import MoneyField
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Done, Note
from alicerce.ui.texts import Amount, Text

WATCH, SETTLED = 2, 0
ROOM = 2
"""How many times today's invoice a limit leaves room for, unless its payer says otherwise."""
MOST = 100_000_000
OVER: dict[MandateStatus, object] = {
    MandateStatus.REJECTED: gettext_lazy("O banco disse que a autorização foi recusada."),
    MandateStatus.EXPIRED: gettext_lazy("O prazo para autorizar acabou."),
    MandateStatus.FAILED: gettext_lazy("O banco desta empresa não aceitou o pedido."),
}


class LimitForm(forms.Form):
    most = MoneyField(
        label=gettext_lazy("Valor máximo de cada débito"),
        help_text=gettext_lazy(
            "Uma fatura acima disso não é debitada: você a paga como sempre."
        ),
        max_cents=MOST,
    )


def ways_of(invoice: InvoiceSummary) -> Sequence[WayToPay]:
    """Offered beside the others while nothing of the customer's is debited yet."""
    if not is_debitable(invoice) or not is_offered(invoice.customer_id):
        return []
    url = reverse("site:automatic", args=[invoice.token])
    ways = [WayToPay(_("Pagar com Pix e autorizar os próximos"), url)]
    if may_ask_bank(invoice.customer_id):
        bank_url = reverse("site:automatic_bank", args=[invoice.token])
        ways.append(WayToPay(_("Autorizar no aplicativo do meu banco"), bank_url))
    return ways


def is_debitable(invoice: InvoiceSummary) -> bool:
    is_theirs = invoice.kind == InvoiceKind.SALE and invoice.total.currency == CURRENCY
    return is_theirs and invoice.is_payable


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def automatic(request: Request, token: str) -> HttpResponse:
    """Whoever holds the link may pay the invoice, and have their own bank asked for the next ones."""
    try:
        invoice = billing.invoice_of_token(token, at=now())
    except NoSuchInvoice:
        raise Http404 from None
    except InvoiceLinkEnded:
        return HttpResponseRedirect(reverse("site:invoice", args=[token]))
    mandate = mandate_for(invoice.id)
    form = LimitForm(request.POST or None, initial={"most": room(invoice.remaining)})
    if request.method == "POST" and form.is_valid():
        return _ask(request, invoice, form)
    response = render_page(request, _page(request, invoice, mandate, form))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _ask(request: Request, invoice: InvoiceSummary, form: LimitForm) -> HttpResponse:
    here = reverse("site:automatic", args=[invoice.token])
    try:
        ask_mandate(
            customer_id=invoice.customer_id,
            invoice_id=invoice.id,
            limit=MandateLimit(most_cents=form.cleaned_data["most"]),
            at=now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(here)


def _page(
    request: Request, invoice: InvoiceSummary, mandate: MandateView | None, form: LimitForm
) -> Page:
    is_asking = mandate is None or not (mandate.is_pending or mandate.approved_at)
    wants_again = "outra" in request.GET and invoice.is_payable
    if (is_asking or wants_again) and is_offered(invoice.customer_id) and invoice.is_payable:
        body: list[Content] = [Card(_asking(invoice, mandate, form))]
        watch = SETTLED
    else:
        body = [Card(_standing(invoice, mandate))]
        is_moving = mandate is not None and (mandate.is_pending or invoice.is_payable)
        watch = WATCH if is_moving else SETTLED
    url = reverse("site:automatic", args=[invoice.token])
    return Page(
        _("Pix Automático"),
        "site",
        [LiveRegion("automatico", url, watch, body)],
        width="narrow",
        status=422 if form.errors else 200,
    )


def _asking(
    invoice: InvoiceSummary, mandate: MandateView | None, form: LimitForm
) -> list[Content]:
    parts: list[Content] = [Amount(invoice.remaining, label=_("Total a pagar"))]
    if mandate and mandate.status in OVER:
        words = over_sentence(mandate) if mandate.is_in_app else str(OVER[mandate.status])
        parts.append(Note("warn", words))
    ask = Form(
        reverse("site:automatic", args=[invoice.token]),
        form_fields(form),
        [Button(_("Gerar o Pix"), "qr-code", "primary", "lg", block=True)],
        FormErrors(form) if form.errors else "",
    )
    return [*parts, Text(consent(tenancy.tenant_card().name)), ask, _other_way(invoice)]


def _standing(invoice: InvoiceSummary, mandate: MandateView | None) -> list[Content]:
    if mandate is None or not mandate.is_pending:
        return [*_settled(invoice, mandate), _other_way(invoice)]
    if mandate.journey == Journey.OFFERED and not invoice.is_payable:
        words = _(
            "A fatura está paga. Falta o seu banco confirmar a autorização, se você a deu."
        )
        return [Done(_("Fatura paga"), words)]
    return [*waiting_parts(mandate, amount=invoice.remaining), _other_way(invoice)]


def _settled(invoice: InvoiceSummary, mandate: MandateView | None) -> list[Content]:
    if mandate and mandate.status == MandateStatus.APPROVED:
        title = _("Pix Automático autorizado")
        return [Done(title, _("As próximas faturas são debitadas no vencimento."))]
    if not invoice.is_payable:
        return [Done(_("Não há mais o que pagar"), _("Esta fatura já foi resolvida."))]
    return [Note("info", _("Não há autorização a pedir para esta fatura."))]


def _other_way(invoice: InvoiceSummary) -> LinkButton:
    words = _("Pagar de outra forma") if invoice.is_payable else _("Ver a fatura")
    return LinkButton(words, reverse("site:invoice", args=[invoice.token]), variant="ghost")


def room(amount: Money) -> int:
    return ROOM * amount.cents
