"""Invoices, receipts, credit notes and statements as PDF, for who may read the same on a page."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from alicerce.apps.billing import permissions
from alicerce.apps.billing.errors import (
    InvoiceLinkEnded,
    NoSuchCreditNote,
    NoSuchInvoice,
    NothingPaid,
)
from alicerce.apps.billing.queries import invoices as queries
from alicerce.apps.billing.queries.sheets import (
    Printable,
    credit_note_sheet,
    invoice_sheet,
    receipt_sheet,
    statement_sheet,
)
from alicerce.apps.billing.services.print_paper import print_sheet
from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.kernel.access import (
    Request,
    in_person,
    opens_its_own_transactions,
    public_page,
    requires,
)
from alicerce.kernel.clock import now
from alicerce.kernel.db import transaction
from alicerce.kernel.press import PressFailed
from alicerce.ui.links import said_day
from alicerce.ui.paper import PDF

ABSENT = (NoSuchInvoice, NoSuchCreditNote, NoSuchCustomer)


def paper(request: Request, find: Callable[[], Printable], *, back: str) -> HttpResponse:
    """The file; where it cannot be made now, back to the page that says the same."""
    try:
        with transaction():
            found = find()
        body = print_sheet(sheet=found.sheet, customer_id=found.customer_id, at=now())
    except ABSENT:
        raise Http404 from None
    except InvoiceLinkEnded:  # the page says so, with nothing of the invoice on it
        return HttpResponseRedirect(back)
    except (NothingPaid, PressFailed) as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(back)
    return pdf(body, found.name)


def pdf(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=PDF)
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@opens_its_own_transactions
@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def invoice(request: Request, invoice_id: UUID) -> HttpResponse:
    back = reverse("workspace:invoice", args=[invoice_id])
    return paper(request, lambda: invoice_sheet(invoice_id, at=now()), back=back)


@opens_its_own_transactions
@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def receipt(request: Request, invoice_id: UUID) -> HttpResponse:
    back = reverse("workspace:invoice", args=[invoice_id])
    return paper(request, lambda: receipt_sheet(invoice_id), back=back)


@opens_its_own_transactions
@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def credit_note(request: Request, credit_note_id: UUID) -> HttpResponse:
    back = reverse("workspace:invoices")
    return paper(request, lambda: credit_note_sheet(credit_note_id), back=back)


@opens_its_own_transactions
@requires("workspace:enter")
@requires("customers:read")
@requires(permissions.READ)
@in_person
@require_safe
def statement(request: Request, customer_id: UUID) -> HttpResponse:
    def find() -> Printable:
        return statement_sheet(
            customer_id,
            currency=request.GET.get("moeda", "BRL"),
            first=said_day(request, "de"),
            last=said_day(request, "ate"),
        )

    return paper(request, find, back=reverse("workspace:customer", args=[customer_id]))


@opens_its_own_transactions
@requires("client:billing")
@require_safe
def own_invoice(request: Request, invoice_id: UUID) -> HttpResponse:
    return _own(request, invoice_id, partial(invoice_sheet, at=now()))


@opens_its_own_transactions
@requires("client:billing")
@require_safe
def own_receipt(request: Request, invoice_id: UUID) -> HttpResponse:
    return _own(request, invoice_id, receipt_sheet)


@opens_its_own_transactions
@requires("client:billing")
@require_safe
def own_credit_note(request: Request, credit_note_id: UUID) -> HttpResponse:
    def find() -> Printable:
        found = credit_note_sheet(credit_note_id)
        _refuse_others(request, found.customer_id)
        return found

    return paper(request, find, back=reverse("client:invoices"))


def _own(
    request: Request, invoice_id: UUID, sheet: Callable[[UUID], Printable]
) -> HttpResponse:
    def find() -> Printable:
        _refuse_others(request, queries.invoice(invoice_id).customer_id)
        return sheet(invoice_id)

    return paper(request, find, back=reverse("client:invoice", args=[invoice_id]))


def _refuse_others(request: Request, customer_id: UUID) -> None:
    """Somebody else's is as absent as one that never was."""
    if customer_id not in request.client.having("client:billing"):  # type: ignore[attr-defined]
        raise Http404


@opens_its_own_transactions
@public_page
@require_safe
def linked_invoice(request: Request, token: str) -> HttpResponse:
    def find() -> Printable:
        return invoice_sheet(queries.invoice_of_token(token, at=now()).id, at=now())

    return paper(request, find, back=reverse("site:invoice", args=[token]))


@opens_its_own_transactions
@public_page
@require_safe
def linked_receipt(request: Request, token: str) -> HttpResponse:
    def find() -> Printable:
        return receipt_sheet(queries.invoice_of_token(token, at=now()).id)

    return paper(request, find, back=reverse("site:invoice", args=[token]))


PLACE, NOTE = "faturas/<uuid:invoice_id>", "notas-de-credito/<uuid:credit_note_id>"
workspace_urls = [
    path(f"{PLACE}/pdf/", invoice, name="invoice_pdf"),
    path(f"{PLACE}/recibo/", receipt, name="invoice_receipt"),
    path(f"{NOTE}/pdf/", credit_note, name="credit_note_pdf"),
    path("clientes/<uuid:customer_id>/extrato.pdf", statement, name="customer_statement_pdf"),
]
client_urls = [
    path(f"{PLACE}/pdf/", own_invoice, name="invoice_pdf"),
    path(f"{PLACE}/recibo/", own_receipt, name="invoice_receipt"),
    path(f"{NOTE}/pdf/", own_credit_note, name="credit_note_pdf"),
]
site_urls = [
    path("fatura/<str:token>/pdf/", linked_invoice, name="invoice_pdf"),
    path("fatura/<str:token>/recibo/", linked_receipt, name="invoice_receipt"),
]
