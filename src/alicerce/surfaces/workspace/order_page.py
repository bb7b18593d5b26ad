"""Everything about one order: what was asked for, what was paid, how far its delivery is."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.audit import permissions as audit_rights
from alicerce.apps.audit.web.components import history
from alicerce.apps.billing import permissions as billing_rights
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.web.workspace import invoice_parts
from alicerce.apps.hosting import permissions as hosting_rights
from alicerce.apps.hosting.web.listing import whose
from alicerce.apps.hosting.web.workspace import delivery_cards
from alicerce.apps.metadata.types import ThingKind
from alicerce.apps.metadata.web.components import metadata_cards
from alicerce.apps.orders import permissions
from alicerce.apps.orders.types import OrderDetail
from alicerce.apps.orders.web.answers import answers_cards
from alicerce.apps.orders.web.listing import found
from alicerce.apps.orders.web.workspace import (
    items_card,
    order_actions,
    order_facts,
    order_name,
)
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.console.people import names
from alicerce.ui.component import Content
from alicerce.ui.layout import Columns, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.status import ORDER, badge


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def order(request: Request, order_id: UUID) -> HttpResponse:
    return render_page(request, _page(request, found(order_id)))


def _page(request: Request, order: OrderDetail) -> Page:
    side = [
        order_facts(order, customer=whose(request, order.customer_id).value, name_of=names()),
        *answers_cards(order.id, with_personal="customers:read" in request.permissions),
        *metadata_cards(ThingKind.ORDER, order.id),
    ]
    return Page(
        order_name(order.number),
        "workspace",
        [
            Columns(
                _main(request, order), side, side_label=_("Sobre o pedido"), side_first=False
            )
        ],
        lead=order.description,
        badge=badge(ORDER, order.status),
        breadcrumbs=[
            Crumb(_("Pedidos"), reverse("workspace:orders")),
            Crumb(order_name(order.number)),
        ],
        actions=order_actions(request, order),
    )


def _main(request: Request, order: OrderDetail) -> list[Content]:
    """Each part for who may see it, where the company has the product behind it."""
    held = request.permissions
    main: list[Content] = [items_card(order)]
    if billing_rights.READ in held:
        main += invoice_parts(order.id)
    if hosting_rights.READ in held and "hosting" in request.products:
        main += delivery_cards([line.id for line in order.lines])
    if audit_rights.READ in held:
        main.append(history(_things(order), name_of=names()))
    return main


def _things(order: OrderDetail) -> list[tuple[str, UUID]]:
    invoice = billing.invoice_of_order(order.id)
    return [("order", order.id), *([("invoice", invoice.id)] if invoice else [])]


urlpatterns = [path("pedidos/<uuid:order_id>/", order, name="order")]
