"""Another plan for a customer's subscription, as the company's people ask for it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.subscriptions import permissions
from alicerce.apps.subscriptions.services.close_change import withdraw_change
from alicerce.apps.subscriptions.types import SubscriptionCard
from alicerce.apps.subscriptions.web import acting, adding, changing, changing_items, components
from alicerce.apps.subscriptions.web.confirming import Desk
from alicerce.apps.subscriptions.web.workspace import found, subscription_url
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.layout import Crumb


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, subscription_id: UUID) -> HttpResponse:
    card = found(subscription_id)
    return changing.change(_desk(card, "subscription_change"), request, card)


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_items(request: Request, subscription_id: UUID) -> HttpResponse:
    card = found(subscription_id)
    desk = _desk(card, "subscription_items", _("Mudar opções"))
    return changing_items.change_options(desk, request, card)


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, subscription_id: UUID) -> HttpResponse:
    card = found(subscription_id)
    desk = _desk(card, "subscription_addon", _("Incluir adicional"))
    return adding.add(desk, request, card)


def _desk(card: SubscriptionCard, view: str, title: str = "") -> Desk:
    back = subscription_url(card.id)
    return Desk(
        "workspace",
        reverse(f"workspace:{view}", args=[card.id]),
        back,
        [
            Crumb(_("Assinaturas"), reverse("workspace:subscriptions")),
            Crumb(components.name_of(card), back),
        ],
        lambda invoice_id: reverse("workspace:invoice", args=[invoice_id]),
        chooses_when=True,
        title=title,
    )


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_POST
def withdraw(request: Request, subscription_id: UUID) -> HttpResponse:
    card = found(subscription_id)
    return acting.do(
        request,
        lambda: withdraw_change(subscription_id=card.id, at=now()),
        _("O plano fica como está."),
        subscription_url(card.id),
    )


urlpatterns = [
    path("assinaturas/<uuid:subscription_id>/opcoes/", change_items, name="subscription_items"),
    path("assinaturas/<uuid:subscription_id>/adicional/", add, name="subscription_addon"),
    path("assinaturas/<uuid:subscription_id>/mudar/", change, name="subscription_change"),
    path(
        "assinaturas/<uuid:subscription_id>/mudar/desistir/",
        withdraw,
        name="subscription_change_withdraw",
    ),
]
