"""Everything about one subscription: what it is made of, what was invoiced, what happened to it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.audit import permissions as audit_rights
from alicerce.apps.audit.web.components import history
from alicerce.apps.billing import permissions as billing_rights
from alicerce.apps.hosting.web.listing import whose
from alicerce.apps.orders.web.answers import answers_cards
from alicerce.apps.orders.web.workspace import order_url
from alicerce.apps.subscriptions import permissions
from alicerce.apps.subscriptions.types import SubscriptionCard
from alicerce.apps.subscriptions.web import components
from alicerce.apps.subscriptions.web.adding import addons_cards
from alicerce.apps.subscriptions.web.changing import change_notes
from alicerce.apps.subscriptions.web.price_notes import price_notes
from alicerce.apps.subscriptions.web.workspace import actions, found, subscription_url
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.console.people import names
from alicerce.ui.component import Content
from alicerce.ui.layout import Columns, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Pair
from alicerce.ui.texts import Link


@requires("workspace:enter")
@requires(billing_rights.READ)
@require_safe
def subscription(request: Request, subscription_id: UUID) -> HttpResponse:
    return render_page(request, _page(request, found(subscription_id)))


def _page(request: Request, card: SubscriptionCard) -> Page:
    side = [
        components.facts_card(card, whose(request, card.customer_id), *_order(request, card)),
        *_answers(request, card),
    ]
    return Page(
        components.name_of(card),
        "workspace",
        [
            Columns(
                _main(request, card),
                side,
                side_label=_("Sobre a assinatura"),
                side_first=False,
            )
        ],
        badge=components.state_of(card),
        breadcrumbs=[
            Crumb(_("Assinaturas"), reverse("workspace:subscriptions")),
            Crumb(components.name_of(card)),
        ],
        actions=actions(request, card),
    )


def _order(request: Request, card: SubscriptionCard) -> list[Pair]:
    if card.order_id is None or "orders:read" not in request.permissions:
        return []
    return [Pair(_("Pedido"), Link(_("Abrir o pedido"), order_url(card.order_id)))]


def _answers(request: Request, card: SubscriptionCard) -> list[Content]:
    if card.order_id is None or "orders:read" not in request.permissions:
        return []
    return answers_cards(card.order_id, with_personal="customers:read" in request.permissions)


def _main(request: Request, card: SubscriptionCard) -> list[Content]:
    main: list[Content] = [
        *components.notes_of(card),
        *_change_notes(request, card),
        *price_notes(card),
        components.items_card(card),
        *addons_cards(card, url_of=subscription_url),
        *components.usage_cards(card),
        components.periods_card(card, invoice_url=_invoice_url),
    ]
    if audit_rights.READ in request.permissions:
        main.append(history([("subscription", card.id)], name_of=names()))
    return main


def _change_notes(request: Request, card: SubscriptionCard) -> list[Content]:
    may = permissions.WRITE in request.permissions
    return change_notes(
        card,
        withdraw=reverse("workspace:subscription_change_withdraw", args=[card.id])
        if may
        else "",
        invoice_url=lambda invoice_id: reverse("workspace:invoice", args=[invoice_id]),
    )


def _invoice_url(invoice_id: UUID, token: str) -> str:
    """As its payer sees it."""
    return reverse("site:invoice", args=[token])


urlpatterns = [path("assinaturas/<uuid:subscription_id>/", subscription, name="subscription")]
