"""Subscriptions in the client area: only those of the customers the person acts for."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.subscriptions.errors import NoSuchSubscription
from alicerce.apps.subscriptions.queries import cards
from alicerce.apps.subscriptions.queries.addons import addons_to_choose
from alicerce.apps.subscriptions.queries.changing_items import gone_options, options_to_choose
from alicerce.apps.subscriptions.queries.pages import subscription_page
from alicerce.apps.subscriptions.services.cancel import reactivate
from alicerce.apps.subscriptions.services.close_change import withdraw_change
from alicerce.apps.subscriptions.types import EndCause, SubscriptionCard
from alicerce.apps.subscriptions.web import acting, adding, changing, changing_items, components
from alicerce.apps.subscriptions.web.confirming import Desk, card_at_hand
from alicerce.apps.subscriptions.web.forms import CancelForm
from alicerce.apps.subscriptions.web.price_notes import price_notes
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Columns, Crumb
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState


@requires("client:billing")
@require_safe
def subscriptions(request: Request) -> HttpResponse:
    found = subscription_page(
        before=said_id(request, "antes"), customer_ids=_customers(request)
    )
    table = components.subscriptions_table(
        found.subscriptions,
        url_of=_url,
        empty=EmptyState(
            _("Nenhuma assinatura aqui"), _("Cada plano que se renova tem a sua.")
        ),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found.next_before)) if found.next_before else "",
    )
    return render_page(request, Page(_("Assinaturas"), "client", [table]))


@requires("client:billing")
@require_safe
def subscription(request: Request, subscription_id: UUID) -> HttpResponse:
    card = _find(request, subscription_id)
    main: list[Content] = [
        *components.notes_of(card),
        *_change_notes(card),
        *price_notes(card),
        components.items_card(card),
        *adding.addons_cards(card, url_of=_url),
        *components.usage_cards(card),
        components.periods_card(card, invoice_url=_invoice_url),
    ]
    page = Page(
        components.name_of(card),
        "client",
        [
            Columns(
                main,
                [
                    components.facts_card(card),
                    *components.answers_cards(card),
                ],
                side_label=_("Sobre a assinatura"),
                side_first=False,
            )
        ],
        badge=components.state_of(card),
        breadcrumbs=[
            Crumb(_("Assinaturas"), reverse("client:subscriptions")),
            Crumb(components.name_of(card)),
        ],
        actions=_actions(card),
    )
    return render_page(request, page)


@requires("client:billing")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Request, subscription_id: UUID) -> HttpResponse:
    card = _find(request, subscription_id)
    form, back = CancelForm(request.POST or None), _url(card.id)
    if request.method == "POST" and form.is_valid():
        acting.cancel(request, card, form, EndCause.CUSTOMER)
        return HttpResponseRedirect(back)
    page = acting.cancel_page(
        card,
        form,
        surface="client",
        action=reverse("client:subscription_cancel", args=[card.id]),
        back=back,
        breadcrumbs=[
            Crumb(_("Assinaturas"), reverse("client:subscriptions")),
            Crumb(components.name_of(card), back),
            Crumb(_("Cancelar")),
        ],
    )
    return render_page(request, page)


@requires("client:billing")
@require_POST
def take_back(request: Request, subscription_id: UUID) -> HttpResponse:
    card = _find(request, subscription_id)
    return acting.do(
        request,
        lambda: reactivate(subscription_id=card.id, at=now()),
        _("A assinatura continua."),
        _url(card.id),
    )


@requires("client:billing")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, subscription_id: UUID) -> HttpResponse:
    card = _find(request, subscription_id)
    return changing.change(_desk(request, card, "subscription_change"), request, card)


def _desk(request: Request, card: SubscriptionCard, view: str, title: str = "") -> Desk:
    """Whoever stands in their place has nobody's card charged."""
    back, in_person = _url(card.id), not getattr(request, "impersonation", None)
    return Desk(
        "client",
        reverse(f"client:{view}", args=[card.id]),
        back,
        [
            Crumb(_("Assinaturas"), reverse("client:subscriptions")),
            Crumb(components.name_of(card), back),
        ],
        lambda invoice_id: _invoice_url(invoice_id, ""),
        title=title,
        card=card_at_hand(card.customer_id, now()) if in_person else None,
    )


@requires("client:billing")
@require_http_methods(["GET", "HEAD", "POST"])
def change_items(request: Request, subscription_id: UUID) -> HttpResponse:
    card = _find(request, subscription_id)
    desk = _desk(request, card, "subscription_items", _("Mudar opções"))
    return changing_items.change_options(desk, request, card)


@requires("client:billing")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, subscription_id: UUID) -> HttpResponse:
    card = _find(request, subscription_id)
    desk = _desk(request, card, "subscription_addon", _("Incluir adicional"))
    return adding.add(desk, request, card)


@requires("client:billing")
@require_POST
def withdraw(request: Request, subscription_id: UUID) -> HttpResponse:
    card = _find(request, subscription_id)
    return acting.do(
        request,
        lambda: withdraw_change(subscription_id=card.id, at=now()),
        _("O plano fica como está."),
        _url(card.id),
    )


def _change_notes(card: SubscriptionCard) -> list[Content]:
    return changing.change_notes(
        card,
        withdraw=reverse("client:subscription_change_withdraw", args=[card.id]),
        invoice_url=lambda invoice_id: _invoice_url(invoice_id, ""),
    )


def _actions(card: SubscriptionCard) -> list[Content]:
    """Only what leads somewhere: no way to options or add-ons where none are sold."""
    if card.has_ended or not card.has_started:
        return []
    if card.cancel_at_period_end:
        action = reverse("client:subscription_reactivate", args=[card.id])
        return [PostButton(Button(_("Manter assinatura"), variant="primary"), action)]
    url = reverse("client:subscription_cancel", args=[card.id])
    change_url = reverse("client:subscription_change", args=[card.id])
    cancel = LinkButton(_("Cancelar"), url, icon="ban", variant="danger")
    items_url = reverse("client:subscription_items", args=[card.id])
    if card.parent_id:
        return [LinkButton(_("Mudar quantidade ou opções"), items_url), cancel]
    ways = [LinkButton(_("Mudar de plano"), change_url)]
    if options_to_choose(card.id) or gone_options(card.id):
        ways.append(LinkButton(_("Mudar opções"), items_url))
    if addons_to_choose(card.id):
        addon_url = reverse("client:subscription_addon", args=[card.id])
        ways.append(LinkButton(_("Incluir adicional"), addon_url))
    return [*ways, cancel]


def _find(request: Request, subscription_id: UUID) -> SubscriptionCard:
    """Somebody else's is as absent as one that never was."""
    try:
        found = cards.subscription(subscription_id)
    except NoSuchSubscription:
        raise Http404 from None
    if found.customer_id not in _customers(request):
        raise Http404
    return found


def _customers(request: Request) -> tuple[UUID, ...]:
    customers: tuple[UUID, ...] = request.client.having("client:billing")  # type: ignore[attr-defined]
    return customers


def _url(subscription_id: UUID) -> str:
    return reverse("client:subscription", args=[subscription_id])


def _invoice_url(invoice_id: UUID, token: str) -> str:
    return reverse("client:invoice", args=[invoice_id])


urlpatterns = [
    path("assinaturas/", subscriptions, name="subscriptions"),
    path("assinaturas/<uuid:subscription_id>/", subscription, name="subscription"),
    path("assinaturas/<uuid:subscription_id>/cancelar/", cancel, name="subscription_cancel"),
    path(
        "assinaturas/<uuid:subscription_id>/manter/", take_back, name="subscription_reactivate"
    ),
    path("assinaturas/<uuid:subscription_id>/opcoes/", change_items, name="subscription_items"),
    path("assinaturas/<uuid:subscription_id>/adicional/", add, name="subscription_addon"),
    path("assinaturas/<uuid:subscription_id>/mudar/", change, name="subscription_change"),
    path(
        "assinaturas/<uuid:subscription_id>/mudar/desistir/",
        withdraw,
        name="subscription_change_withdraw",
    ),
]
