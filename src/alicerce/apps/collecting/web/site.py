"""Where a letter leads that asks a card's owner to confirm a payment with their bank."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting.errors import ConfirmationOver
from alicerce.apps.collecting.services.confirming import attempt_behind, begin_confirmation
from alicerce.apps.collecting.web.automatic import automatic
from alicerce.apps.collecting.web.automatic_bank import automatic_bank
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.layout import Card
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Done, EmptyState
from alicerce.ui.texts import Amount, Text


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Request, secret: str) -> HttpResponse:
    """Only the button begins a payment: programs that read mail follow links."""
    try:
        attempt = attempt_behind(secret=secret, at=now())
        invoice = billing.invoice(attempt.invoice_id)
        if request.method == "POST" and invoice.is_payable:
            return _begin(request, secret, invoice)
    except ConfirmationOver:
        return _shown(request, _over())
    return _shown(request, _page(invoice, str(attempt.card), secret))


def _begin(request: Request, secret: str, invoice: InvoiceSummary) -> HttpResponse:
    back = reverse("site:invoice", args=[invoice.token])
    try:
        begin_confirmation(secret=secret, return_url=request.build_absolute_uri(back), at=now())
    except ConfirmationOver:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(f"{back}?forma=card")


def _shown(request: Request, page: Page) -> HttpResponse:
    response = render_page(request, page)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(invoice: InvoiceSummary, card: str, secret: str) -> Page:
    title = _("Confirmar o pagamento da fatura nº %(number)s") % {"number": invoice.code}
    if not invoice.is_payable:
        body = [Done(_("Não há mais o que pagar"), _("Esta fatura já foi resolvida."))]
        return Page(title, "site", [Card(body)], width="narrow")
    words = _("O banco do cartão %(card)s quer que você confirme. É na página segura dele.")
    button = Button(_("Confirmar com o banco"), "shield-check", "primary", "lg", block=True)
    return Page(
        title,
        "site",
        [
            Card(
                [
                    Amount(invoice.remaining, label=_("Total a pagar")),
                    Text(words % {"card": card}),
                    PostButton(button, reverse("site:card_confirm", args=[secret])),
                    LinkButton(
                        _("Pagar de outra forma"),
                        reverse("site:invoice", args=[invoice.token]),
                        variant="ghost",
                    ),
                ]
            )
        ],
        width="narrow",
    )


def _over() -> Page:
    state = EmptyState(
        _("Este link não vale mais"),
        _("Ele vale por 7 dias. Abra a fatura pelo último e-mail, ou entre na sua área."),
        LinkButton(_("Entrar"), reverse("site:sign_in")),
        icon="clock",
    )
    return Page(_("Link vencido"), "site", [state], status=410)


urlpatterns = [
    path("confirmar-cartao/<str:secret>/", confirm, name="card_confirm"),
    path("fatura/<str:token>/pix-automatico/", automatic, name="automatic"),
    path("fatura/<str:token>/pix-automatico/banco/", automatic_bank, name="automatic_bank"),
]
