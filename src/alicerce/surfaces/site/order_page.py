"""The order's own page: pay, watch it come alive, and go on. Whoever holds the link may see it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import ChargeView, InvoiceSummary
from alicerce.apps.billing.web.paying import begin
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import TermsChanged
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.errors import (
    CancelLinkOver,
    CardFirst,
    NoSuchOrder,
    NoTrialToBegin,
    OrderNotUnpaid,
    TrialLinkOver,
)
from alicerce.apps.orders.types import CancelCause, OrderCard
from alicerce.apps.orders.web.answers import answers_cards
from alicerce.apps.taxes.public import local_day
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.clock import now
from alicerce.surfaces.site import order_components as parts
from alicerce.ui.page import Page, render_page


@public_page
@require_safe
def follow(request: Request, token: str) -> HttpResponse:
    order, invoice = _find(token)
    charges = billing.charges_of(invoice.id) if invoice else []
    return render_page(request, _page(request, order, invoice, charges))


@public_page
@require_POST
def pay(request: Request, token: str) -> HttpResponse:
    """Ask for a charge; a worker talks to the provider, and the page shows it when it is there."""
    _order, invoice = _find(token)
    if invoice is None:
        raise Http404
    return begin(invoice.id, request=request, back=reverse("site:order", args=[token]))


@public_page
@require_POST
def cancel(request: Request, token: str) -> HttpResponse:
    """Its customer's person takes it back at once; who only holds the link has the buyer asked."""
    order, _invoice = _find(token)
    try:
        if _is_theirs(request, order):
            orders.cancel_order(order_id=order.id, cause=CancelCause.CUSTOMER, at=now())
            messages.success(request, _("Pedido cancelado."))
        else:
            orders.send_cancel_link(order_id=order.id, at=now())
            messages.info(
                request,
                _(
                    "Enviamos um e-mail a quem fez o pedido: ele é cancelado quando confirmarem lá."
                ),
            )
    except OrderNotUnpaid as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("site:order", args=[token]))


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Request, token: str, proof: str) -> HttpResponse:
    """Where the letter leads. Only the button cancels: programs that read mail follow links."""
    order, _invoice = _find(token)
    back = reverse("site:order", args=[token])
    try:
        orders.check_proof(order_id=order.id, proof=proof, at=now())
        if request.method != "POST":
            return render_page(request, _confirm_page(order, back))
        orders.cancel_by_link(order_id=order.id, proof=proof, at=now())
    except (CancelLinkOver, OrderNotUnpaid) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Pedido cancelado."))
    return HttpResponseRedirect(back)


@public_page
@require_POST
def accept(request: Request, token: str) -> HttpResponse:
    """Whoever holds the link agrees to what was ordered for them: it was sent to the buyer."""
    order, _invoice = _find(token)
    said = request.POST.get("versao", "")
    version = int(said[:9]) if said.isascii() and said.isdecimal() else 0
    try:
        orders.accept_terms(order_id=order.id, version=version, at=now())
    except TermsChanged as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("site:order", args=[token]))


@public_page
@require_POST
def send_trial(request: Request, token: str) -> HttpResponse:
    """Its customer's person begins the trial at once; for who only holds the link, another letter."""
    order, _invoice = _find(token)
    try:
        if _is_theirs(request, order):
            orders.agree_to_trial(order_id=order.id)
            orders.begin_trial(order_id=order.id, at=now())
            messages.success(request, _("O teste começou."))
        else:
            orders.send_trial_link(order_id=order.id, at=now())
            messages.info(request, _("O e-mail vai de novo, no máximo uma vez por hora."))
    except (NoTrialToBegin, CardFirst) as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("site:order", args=[token]))


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def begin_trial(request: Request, token: str, proof: str) -> HttpResponse:
    """Where the letter leads. Only the button begins: programs that read mail follow links."""
    order, _invoice = _find(token)
    back = reverse("site:order", args=[token])
    try:
        orders.check_trial_proof(order_id=order.id, proof=proof, at=now())
        if request.method != "POST":
            return render_page(request, _trial_page(order, back))
        orders.begin_by_link(order_id=order.id, proof=proof, at=now())
    except (TrialLinkOver, NoTrialToBegin, CardFirst) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("O teste começou."))
    return HttpResponseRedirect(back)


def _trial_page(order: OrderCard, back: str) -> Page:
    return Page(
        _("Começar o teste do pedido nº %(number)s?") % {"number": order.number},
        "site",
        [parts.begin_trial_card(order, back)],
        lead=order.description,
        width="narrow",
    )


def _is_theirs(request: Request, order: OrderCard) -> bool:
    theirs: tuple[UUID, ...] = request.client.having("client:billing")  # type: ignore[attr-defined]
    return order.customer_id in theirs


def _confirm_page(order: OrderCard, back: str) -> Page:
    return Page(
        _("Cancelar o pedido nº %(number)s?") % {"number": order.number},
        "site",
        [parts.confirm_card(back)],
        lead=order.description,
        width="narrow",
    )


def _find(token: str) -> tuple[OrderCard, InvoiceSummary | None]:
    """What is tried first has no invoice, nor what begins later, for a time; every other order has one."""
    try:
        order = orders.order_of_token(token)
    except NoSuchOrder:
        raise Http404 from None
    invoice = billing.invoice_of_order(order.id)
    if invoice is None and not (order.trial_days or order.starts_on):
        raise Http404
    return order, invoice


def _page(
    request: Request,
    order: OrderCard,
    invoice: InvoiceSummary | None,
    charges: list[ChargeView],
) -> Page:
    on = local_day(now())
    chosen, is_theirs = request.GET.get("forma", ""), _is_theirs(request, order)
    return Page(
        _("Pedido nº %(number)s") % {"number": order.number},
        "site",
        [
            *parts.terms_cards(order, catalog.terms_in_force() if order.asks_terms else None),
            parts.order_body(order, invoice, charges, chosen, is_theirs=is_theirs, on=on),
            *answers_cards(order.id, with_personal=is_theirs),
        ],
        lead=order.description,
        badge=parts.order_badge(order, invoice, on=on),
    )


urlpatterns = [
    path("pedido/<str:token>/", follow, name="order"),
    path("pedido/<str:token>/pagamento/", pay, name="order_payment"),
    path("pedido/<str:token>/termos/", accept, name="order_terms"),
    path("pedido/<str:token>/teste/", send_trial, name="order_trial"),
    path("pedido/<str:token>/teste/<str:proof>/", begin_trial, name="order_trial_begin"),
    path("pedido/<str:token>/cancelar/", cancel, name="order_cancel"),
    path("pedido/<str:token>/cancelar/<str:proof>/", confirm, name="order_cancel_confirm"),
]
