"""Somebody of the company orders for a customer: typed, seen to the cent, confirmed."""

from collections.abc import Mapping
from dataclasses import replace
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.billing import public as billing
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import BadAnswers
from alicerce.apps.catalog.types import StorefrontPlan
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.apps.customers.types import CustomerDetail
from alicerce.apps.orders import permissions
from alicerce.apps.orders.errors import BadAddon, BadStart, NoRoomThere, SaleChanged
from alicerce.apps.orders.services.order_for_customer import order_for_customer
from alicerce.apps.orders.services.placing_at import places_of_price
from alicerce.apps.orders.services.preview_sale import SalePreview, preview_sale
from alicerce.apps.orders.services.release_order import keeps_card
from alicerce.apps.orders.web import selling_parts as parts
from alicerce.apps.orders.web.selling_addons import addons_offered
from alicerce.apps.orders.web.selling_forms import (
    CARD,
    LETTER,
    NO_LETTER,
    RECEIVED,
    SellingForm,
)
from alicerce.apps.orders.web.workspace import order_url
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.links import said_id
from alicerce.ui.page import render_page

SEE_SERVERS = "servers:read"
SELL, REPRICE = "order.sale", "order.reprice_approved"
AFTER = {CARD: "workspace:card_charge", RECEIVED: "workspace:invoice_payment_record"}
"""Where the next thing is done about the invoice: with its own permission, and its own proof."""


@requires("workspace:enter")
@requires("customers:read")
@requires(permissions.CREATE_SERVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def sell(request: Request, customer_id: UUID) -> HttpResponse:
    """Which plan is said by the address; what is typed waits until it was seen once more."""
    customer = _customer(customer_id)
    plan_id = said_id(request, "plano")
    if plan_id is None:
        return render_page(request, parts.plans_page(customer, catalog.storefront()))
    form = _form(request, customer, plan_id, request.POST or None)
    if request.method == "POST" and form.is_valid() and _preview(form, customer) is not None:
        about, action = customer_id, REPRICE if form.sale().reprices else SELL
        own = {
            "plano": str(plan_id),
            "token": token_urlsafe(32),
        }  # a press too many orders nothing more
        keep(request, action, about=about, typed={**request.POST.dict(), **own})
        name = "order_reprice" if action == REPRICE else "order_confirm"
        return HttpResponseRedirect(reverse(f"workspace:{name}", args=[customer_id]))
    return render_page(request, parts.form_page(customer, form))


@requires("workspace:enter")
@requires("customers:read")
@requires(permissions.CREATE_SERVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: Request, customer_id: UUID) -> HttpResponse:
    """At the catalog's prices. What is not what was shown, in sum, parts or terms, is shown again."""
    customer = _customer(customer_id)
    form, shown = _waiting(request, customer, SELL)
    if form.sale().reprices:
        raise Http404
    if request.method == "POST":
        if request.POST.get("seen") == shown.seen:
            return _order(request, customer, form, shown)
        messages.error(request, str(SaleChanged.message))
    return render_page(request, parts.confirm_page(customer, form, shown))


def _foresee(request: Request, customer_id: UUID) -> Foreseen:
    customer = _customer(customer_id)
    form, shown = _waiting(request, customer, REPRICE)
    return Foreseen(
        title=_("Pedir por outro preço"),
        facts=parts.facts(customer, form, shown),
        button=_("Fazer o pedido"),
        entity="customer",
        entity_id=customer_id,
        amount_cents=shown.due_now.cents,
        back=parts.plan_url(customer_id, form.plan.plan_id),
        whole=shown.seen,
    )


@requires("workspace:enter")
@requires("customers:read")
@requires(permissions.CREATE_SERVICES)
@sensitive(REPRICE, permission=permissions.REPRICE, foresee=_foresee)
def reprice(request: Request, customer_id: UUID) -> HttpResponseBase:
    customer = _customer(customer_id)
    form, shown = _waiting(request, customer, REPRICE)
    return _order(request, customer, form, shown)


def _customer(customer_id: UUID) -> CustomerDetail:
    try:
        return customers.customer_detail(customer_id)
    except NoSuchCustomer:
        raise Http404 from None


def _form(
    request: Request, customer: CustomerDetail, plan_id: UUID, typed: Mapping[str, Any] | None
) -> SellingForm:
    form = SellingForm(
        typed,
        plan=_plan(plan_id),
        options=catalog.options_of([plan_id])[plan_id],
        takes_coupons=catalog.coupons_are_offered(at=now()),
        ways=_ways(request, customer.id),
    )
    if SEE_SERVERS in request.permissions:
        form.offer_places(places_of_price(price_id=form.plan.prices[0].price_id, at=now()))
    form.offer_addons(addons_offered(form.plan))
    form.ask(catalog.fields_of([plan_id])[plan_id])
    if permissions.REPRICE in request.permissions:
        form.let_reprice()
    if terms := catalog.terms_in_force():
        form.tell_of_terms(terms)
    return form


def _ways(request: Request, customer_id: UUID) -> tuple[str, ...]:
    """What this person may do about the invoice, and this customer's card allows."""
    held = request.permissions
    reads = "billing:read" in held
    card = "collecting:charge" in held and keeps_card(customer_id=customer_id, at=now())
    more = [(CARD, reads and card), (RECEIVED, reads and "billing:settle" in held)]
    return (LETTER, NO_LETTER, *(way for way, is_open in more if is_open))


def _plan(plan_id: UUID) -> StorefrontPlan:
    for plan in catalog.storefront():
        if plan.plan_id == plan_id:
            return plan
    raise Http404


def _preview(form: SellingForm, customer: CustomerDetail) -> SalePreview | None:
    """None for what is refused: the form says why."""
    try:
        return preview_sale(
            customer_id=customer.id,
            price_id=UUID(form.cleaned_data["price"]),
            domain=form.cleaned_data["domain"],
            extras=form.extras(),
            sale=form.sale(),
            at=now(),
        )
    except BadAnswers as refused:
        form.show_faults(refused)
    except NoRoomThere as refused:
        form.add_error("servidor" if "servidor" in form.fields else None, str(refused))
    except BadStart as refused:
        form.add_error("inicio", str(refused))
    except BadAddon as refused:
        form.show_addon_fault(refused)
    except Refused as refused:
        form.add_error(None, str(refused))
    return None


def _waiting(
    request: Request, customer: CustomerDetail, action: str
) -> tuple[SellingForm, SalePreview]:
    """What was typed for this customer, held against what is for sale now."""
    typed = kept(request, action, about=customer.id)
    form = _form(request, customer, UUID(typed["plano"]), typed)
    shown = _preview(form, customer) if form.is_valid() else None
    if shown is None:
        raise Http404
    return form, shown


def _order(
    request: Request, customer: CustomerDetail, form: SellingForm, shown: SalePreview
) -> HttpResponse:
    action = REPRICE if form.sale().reprices else SELL
    token = kept(request, action, about=customer.id)["token"]
    try:
        order_id = order_for_customer(
            customer_id=customer.id,
            price_id=UUID(form.cleaned_data["price"]),
            domain=form.cleaned_data["domain"],
            at=now(),
            extras=form.extras(),
            sale=replace(form.sale(), token=token, seen=shown.seen),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(parts.plan_url(customer.id, form.plan.plan_id))
    drop(request, action)
    messages.success(
        request, _("Pedido feito para %(name)s.") % {"name": customer.profile.name}
    )
    return HttpResponseRedirect(_next(order_id, form.way))


def _next(order_id: UUID, way: str) -> str:
    """To what is done next about its invoice; to the order, where there is nothing to ask for."""
    invoice = billing.invoice_of_order(order_id)
    if way in AFTER and invoice and invoice.is_payable and invoice.remaining.cents:
        return reverse(AFTER[way], args=[invoice.id])
    return order_url(order_id)


PLACE = "clientes/<uuid:customer_id>/pedidos/novo/"
urlpatterns = [
    path(PLACE, sell, name="order_new"),
    path(f"{PLACE}conferir/", confirm, name="order_confirm"),
    path(f"{PLACE}preco/", reprice, name="order_reprice"),
]
