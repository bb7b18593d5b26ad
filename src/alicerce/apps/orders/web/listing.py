"""The list of a company's orders, and canceling one of them."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alicerce.apps.customers import public as customers
from alicerce.apps.orders import permissions, queries
from alicerce.apps.orders.errors import NoSuchOrder, OrderNotUnpaid
from alicerce.apps.orders.services.cancel_order import cancel_order
from alicerce.apps.orders.types import CancelCause, OrderDetail, OrderStatus, OrdersWanted
from alicerce.apps.orders.web.forms import CancelForm
from alicerce.apps.orders.web.words import METHODS
from alicerce.apps.orders.web.workspace import order_name, order_url, orders_table
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.forms import Filters, FilterSelect, FilterText, Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb, View, Views
from alicerce.ui.links import here, said_day, said_id, said_words
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, Note
from alicerce.ui.status import ORDER, badge

NARROWING = ("q", "estado", "de", "ate", "forma")
NAMED = 200
"""How many customers the words of a search may name."""
STATES: dict[str, OrderStatus | None] = {
    "": None,
    "a-pagar": OrderStatus.AWAITING_PAYMENT,
    "ativando": OrderStatus.DELIVERING,
    "concluidos": OrderStatus.COMPLETED,
    "cancelados": OrderStatus.CANCELED,
}


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def orders(request: Request) -> HttpResponse:
    found = queries.order_page(_wanted(request), before=said_id(request, "antes"))
    table = orders_table(
        request,
        found.orders,
        empty=_nothing(request),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found.next_before)) if found.next_before else "",
    )
    body = [_views(request), _filters(request), table]
    return render_page(request, Page(_("Pedidos"), "workspace", body))


def _wanted(request: Request) -> OrdersWanted:
    """What the address cannot mean narrows nothing."""
    words, method = said_words(request, "q"), request.GET.get("forma", "")
    until = said_day(request, "ate")
    return OrdersWanted(
        text=words,
        customer_ids=_named(request, words),
        status=STATES.get(request.GET.get("estado", "")),
        paid_by=method if method in METHODS else "",
        since=_beginning(said_day(request, "de")),
        until=_beginning(until + timedelta(days=1)) if until and until < date.max else None,
    )


def _named(request: Request, words: str) -> tuple[UUID, ...]:
    """Customers are looked for by who may read them."""
    if not words or words.isdecimal() or "customers:read" not in request.permissions:
        return ()
    return tuple(one.id for one in customers.find_customers(words, limit=NAMED))


def _beginning(day: date | None) -> datetime | None:
    """When that day begins where the company is."""
    if day is None:
        return None
    return datetime.combine(day, time(), tzinfo=ZoneInfo(tenancy.tenant_card().time_zone))


def _views(request: Request) -> Views:
    chosen = request.GET.get("estado", "")
    words = {
        "": _("Todos"),
        "a-pagar": _("A pagar"),
        "ativando": _("Ativando"),
        "concluidos": _("Concluídos"),
        "cancelados": _("Cancelados"),
    }
    return Views(
        [
            View(label, here(request, estado=key, antes=""), current=key == chosen)
            for key, label in words.items()
        ],
        _("Estados"),
    )


def _filters(request: Request) -> Filters:
    said = request.GET
    ways = [("", _("Qualquer pagamento")), *METHODS.items()]
    return Filters(
        request.path,
        search=said_words(request, "q"),
        search_label=_("Número, domínio ou cliente"),
        texts=[
            FilterText("de", _("De"), said.get("de", ""), kind="date"),
            FilterText("ate", _("Até"), said.get("ate", ""), kind="date"),
        ],
        selects=[FilterSelect("forma", _("Pagamento"), ways, said.get("forma", ""))],
        keep={"estado": said["estado"]} if said.get("estado") else {},
    )


def _nothing(request: Request) -> EmptyState:
    if any(request.GET.get(name) for name in NARROWING):
        return EmptyState(
            _("Nenhum pedido com estes filtros"),
            _("Busque pelo número, pelo começo do domínio ou pelo cliente."),
            LinkButton(_("Limpar filtros"), request.path),
            icon="search",
        )
    return EmptyState(_("Nenhum pedido ainda"), _("Quem compra no seu site aparece aqui."))


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.CANCEL)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Request, order_id: UUID) -> HttpResponse:
    order = found(order_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _cancel(request, order, form.cleaned_data["reason"])
    return render_page(request, _cancel_page(order, form))


def found(order_id: UUID) -> OrderDetail:
    """The order; a page that is not there otherwise."""
    try:
        return queries.order_detail(order_id)
    except NoSuchOrder:
        raise Http404 from None


def _cancel(request: Request, order: OrderDetail, reason: str) -> HttpResponse:
    try:
        cancel_order(order_id=order.id, cause=CancelCause.STAFF, reason=reason, at=now())
    except OrderNotUnpaid as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Pedido cancelado. O cliente recebe um e-mail."))
    return HttpResponseRedirect(order_url(order.id))


def _cancel_page(order: OrderDetail, form: CancelForm) -> Page:
    back = LinkButton(_("Voltar ao pedido"), order_url(order.id))
    cancels = Button(_("Cancelar pedido"), icon="ban", variant="danger")
    told = _(
        "A fatura é cancelada e o que já foi mostrado para pagar é fechado no provedor. "
        "O que for pago mesmo assim vira crédito do cliente."
    )
    ask = Form(
        reverse("workspace:order_cancel", args=[order.id]),
        form_fields(form),
        [cancels, back],
        FormErrors(form) if form.errors else "",
    )
    return Page(
        _("Cancelar o pedido nº %(number)s") % {"number": order.number},
        "workspace",
        [Note("warn", told), Card([ask])],
        lead=order.description,
        badge=badge(ORDER, order.status),
        breadcrumbs=[
            Crumb(_("Pedidos"), reverse("workspace:orders")),
            Crumb(order_name(order.number), order_url(order.id)),
            Crumb(_("Cancelar")),
        ],
        width="narrow",
        status=422 if form.errors else 200,
    )


urlpatterns = [
    path("pedidos/", orders, name="orders"),
    path("pedidos/<uuid:order_id>/cancelar/", cancel, name="order_cancel"),
]
