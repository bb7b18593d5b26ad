"""Invoices in the client area: only those of the customers the person acts for."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.billing.ports import kept_ways
from alicerce.apps.billing.queries import invoices as queries
from alicerce.apps.billing.services.ask_funds import ask_funds
from alicerce.apps.billing.types import InvoiceStatus, InvoiceSummary
from alicerce.apps.billing.web import components
from alicerce.apps.billing.web.invoice_page import invoice_page, today
from alicerce.apps.billing.web.money_forms import FundsForm
from alicerce.apps.billing.web.office import use_balance
from alicerce.apps.billing.web.office_components import spendable
from alicerce.apps.billing.web.paying import begin
from alicerce.apps.billing.web.wallet_components import wallet_parts
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import money
from alicerce.ui.layout import Card, Crumb, View, Views
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, Note
from alicerce.ui.tables import Table

FUNDS_DUE = timedelta(days=7)
VIEWS: dict[str, InvoiceStatus | None] = {
    "": None,
    "abertas": InvoiceStatus.OPEN,
    "pagas": InvoiceStatus.PAID,
}


@requires("client:billing")
@require_safe
def invoices(request: Request) -> HttpResponse:
    chosen = request.GET.get("visao", "")
    found = queries.invoices(
        before=said_id(request, "antes"),
        status=VIEWS.get(chosen),
        customer_ids=_customers(request),
    )
    table = components.invoices_table(
        found.invoices,
        today=today(),
        empty=EmptyState(_("Nenhuma fatura aqui"), _("Cada pedido tem a sua."), icon="receipt"),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found.next_before)) if found.next_before else "",
    )
    page = Page(
        _("Faturas"),
        "client",
        [_views(request, chosen), table],
        actions=[
            LinkButton(_("Saldo"), reverse("client:wallet"), icon="wallet"),
            LinkButton(_("Cartões"), reverse("client:cards"), icon="credit-card"),
        ],
    )
    return render_page(request, page)


def _views(request: Request, chosen: str) -> Views:
    words = {"": _("Todas"), "abertas": _("Em aberto"), "pagas": _("Pagas")}
    return Views(
        [
            View(words[key], here(request, visao=key, antes=""), current=key == chosen)
            for key in VIEWS
        ],
        _("Visões"),
    )


@requires("client:billing")
@require_safe
def invoice(request: Request, invoice_id: UUID) -> HttpResponse:
    found = _find(request, invoice_id)
    page = invoice_page(
        request,
        found,
        surface="client",
        page=reverse("client:invoice", args=[invoice_id]),
        action=reverse("client:invoice_payment", args=[invoice_id]),
        breadcrumbs=[
            Crumb(_("Faturas"), reverse("client:invoices")),
            Crumb(components.invoice_name(found)),
        ],
        before=[*_with_kept(request, found), *_with_balance(found)],
    )
    return render_page(request, page)


def _with_kept(request: Request, found: InvoiceSummary) -> list[Content]:
    """The way to pay with the card that is kept, for who is there in person; and why it did not last time."""
    if getattr(request, "impersonation", None):
        return []
    parts: list[Content] = []
    for way in (kept_ways[name](found, now()) for name in sorted(kept_ways)):
        confirm = [LinkButton(way.confirm.words, way.confirm.url)] if way.confirm else []
        if way.trouble:
            title = _("Falta você confirmar") if confirm else _("O cartão não foi cobrado")
            parts.append(Note("bad", way.trouble, title=title, actions=confirm))
        if way.charge:
            button = Button(way.charge.words, "credit-card", "primary", "lg", block=True)
            parts.append(PostButton(button, way.charge.url, {"volta": "fatura"}))
    return parts


def _with_balance(found: InvoiceSummary) -> list[Content]:
    """The way to pay with what the company holds for them, when it holds anything."""
    held = spendable(found)
    if not held.cents:
        return []
    words = _("Pagar %(amount)s com o saldo") % {"amount": money(held)}
    action = reverse("client:invoice_balance", args=[found.id])
    button = Button(words, "wallet", "primary", "lg", block=True)
    return [Card([PostButton(button, action)], title=_("Você tem saldo"))]


@requires("client:billing")
@require_POST
def pay_with_balance(request: Request, invoice_id: UUID) -> HttpResponse:
    _find(request, invoice_id)
    return use_balance(request, invoice_id, back=reverse("client:invoice", args=[invoice_id]))


@requires("client:billing")
@require_http_methods(["GET", "HEAD", "POST"])
def wallet(request: Request) -> HttpResponse:
    """What the company holds for each customer, and a way to add to it."""
    form = FundsForm(request.POST or None)
    whose = said_id(request, "cliente") or _customers(request)[0]
    if whose not in _customers(request):
        raise Http404
    if request.method == "POST" and form.is_valid():
        invoice_id = ask_funds(
            customer_id=whose,
            amount=Money(form.cleaned_data["amount"]),
            due_on=today() + FUNDS_DUE,
            at=now(),
        )
        return HttpResponseRedirect(reverse("client:invoice", args=[invoice_id]))
    body = wallet_parts(_customers(request), form, whose=whose)
    page = Page(
        _("Saldo"),
        "client",
        body,
        lead=_("O saldo paga as próximas faturas, sozinho ou quando você quiser."),
        width="narrow",
        breadcrumbs=[Crumb(_("Faturas"), reverse("client:invoices")), Crumb(_("Saldo"))],
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


@requires("client:billing")
@require_POST
def pay(request: Request, invoice_id: UUID) -> HttpResponse:
    _find(request, invoice_id)
    back = reverse("client:invoice", args=[invoice_id])
    return begin(invoice_id, request=request, back=back)


def _find(request: Request, invoice_id: UUID) -> InvoiceSummary:
    """Somebody else's invoice is as absent as one that never was."""
    try:
        found = queries.invoice(invoice_id)
    except NoSuchInvoice:
        raise Http404 from None
    if found.customer_id not in _customers(request):
        raise Http404
    return found


def _customers(request: Request) -> tuple[UUID, ...]:
    customers: tuple[UUID, ...] = request.client.having("client:billing")  # type: ignore[attr-defined]
    return customers


def open_invoices(request: Request) -> Table | None:
    """What is left to pay, for the page where people arrive; None when nothing is."""
    found = queries.invoices(status=InvoiceStatus.OPEN, customer_ids=_customers(request))
    if not found.invoices:
        return None
    return components.invoices_table(found.invoices, today=today())


urlpatterns = [
    path("faturas/", invoices, name="invoices"),
    path("faturas/<uuid:invoice_id>/", invoice, name="invoice"),
    path("faturas/<uuid:invoice_id>/pagamento/", pay, name="invoice_payment"),
    path("faturas/<uuid:invoice_id>/saldo/", pay_with_balance, name="invoice_balance"),
    path("saldo/", wallet, name="wallet"),
]
