"""An invoice behind its own link: whoever holds the link may see it and pay it."""

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.billing.errors import InvoiceLinkEnded, NoSuchInvoice
from alicerce.apps.billing.queries.invoices import invoice_of_token
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.billing.web.ended_link import ended_link
from alicerce.apps.billing.web.invoice_page import invoice_page
from alicerce.apps.billing.web.paying import begin
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.clock import now
from alicerce.ui.page import render_page


@public_page
@require_safe
def invoice(request: Request, token: str) -> HttpResponse:
    try:
        found = _find(token)
    except InvoiceLinkEnded:
        return ended_link(request)
    page = invoice_page(
        request,
        found,
        surface="site",
        page=reverse("site:invoice", args=[token]),
        action=reverse("site:invoice_payment", args=[token]),
        breadcrumbs=[],
    )
    response = render_page(request, page)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@public_page
@require_POST
def pay(request: Request, token: str) -> HttpResponse:
    back = reverse("site:invoice", args=[token])
    try:
        return begin(_find(token).id, request=request, back=back)
    except InvoiceLinkEnded:
        return ended_link(request)


def _find(token: str) -> InvoiceSummary:
    try:
        return invoice_of_token(token, at=now())
    except NoSuchInvoice:
        raise Http404 from None


urlpatterns = [
    path("fatura/<str:token>/", invoice, name="invoice"),
    path("fatura/<str:token>/pagamento/", pay, name="invoice_payment"),
]
