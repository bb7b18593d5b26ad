"""Subscriptions as a company's people see and change them."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.customers import public as customers
from alicerce.apps.subscriptions import permissions
from alicerce.apps.subscriptions.errors import NoSuchSubscription
from alicerce.apps.subscriptions.queries import cards
from alicerce.apps.subscriptions.queries.pages import billing_day_of, subscription_page
from alicerce.apps.subscriptions.services.cancel import reactivate
from alicerce.apps.subscriptions.services.pause import pause_billing, resume_billing
from alicerce.apps.subscriptions.services.set_terms import set_billing_day
from alicerce.apps.subscriptions.types import EndCause, SubscriptionCard, SubscriptionStatus
from alicerce.apps.subscriptions.web import acting, components
from alicerce.apps.subscriptions.web.forms import BillingDayForm, CancelForm
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb, View, Views
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, Note
from alicerce.ui.tables import Table
from alicerce.ui.texts import Link

STATES: dict[str, SubscriptionStatus | None] = {
    "": None,
    "em-teste": SubscriptionStatus.TRIALING,
    "ativas": SubscriptionStatus.ACTIVE,
    "em-atraso": SubscriptionStatus.PAST_DUE,
    "suspensas": SubscriptionStatus.SUSPENDED,
    "encerradas": SubscriptionStatus.ENDED,
}


def subscription_url(subscription_id: UUID) -> str:
    return reverse("workspace:subscription", args=[subscription_id])


@requires("workspace:enter")
@requires("billing:read")
@require_safe
def subscriptions(request: Request) -> HttpResponse:
    chosen = request.GET.get("estado", "")
    found = subscription_page(before=said_id(request, "antes"), status=STATES.get(chosen))
    table = components.subscriptions_table(
        found.subscriptions,
        url_of=subscription_url,
        customers=_customers(request, {card.customer_id for card in found.subscriptions}),
        empty=EmptyState(
            _("Nenhuma assinatura aqui"), _("Cada plano que se renova tem a sua.")
        ),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found.next_before)) if found.next_before else "",
    )
    body = [_views(request, chosen), table]
    return render_page(request, Page(_("Assinaturas"), "workspace", body))


def customer_subscriptions(customer_id: UUID, *, empty: Content) -> Table:
    """The latest of one customer, for their page."""
    found = cards.subscriptions_of([customer_id])
    return components.subscriptions_table(found, url_of=subscription_url, empty=empty)


def found(subscription_id: UUID) -> SubscriptionCard:
    """The subscription; a page that is not there otherwise."""
    try:
        return cards.subscription(subscription_id)
    except NoSuchSubscription:
        raise Http404 from None


def actions(request: Request, card: SubscriptionCard) -> list[Content]:
    """What may be done about it now, by this person."""
    if permissions.WRITE not in request.permissions or card.has_ended or not card.has_started:
        return []
    cancel = LinkButton(
        _("Cancelar"), _at("subscription_cancel", card), icon="ban", variant="danger"
    )
    pause = _button("subscription_pause", card, _("Pausar cobrança"))
    if card.is_paused:
        pause = _button("subscription_unpause", card, _("Retomar cobrança"))
    if card.cancel_at_period_end:
        return [_button("subscription_reactivate", card, _("Manter assinatura")), cancel]
    day: list[Content] = [LinkButton(_("Mudar dia de cobrança"), _at("subscription_day", card))]
    if "billing:manage" in request.permissions:
        credit = LinkButton(_("Creditar dias sem serviço"), _at("subscription_credit", card))
        day.append(credit)
    items = _at("subscription_items", card)
    if card.parent_id:
        return [LinkButton(_("Mudar quantidade ou opções"), items), *day, pause, cancel]
    change = LinkButton(_("Mudar de plano"), _at("subscription_change", card))
    options = LinkButton(_("Mudar opções"), items)
    addon = LinkButton(_("Incluir adicional"), _at("subscription_addon", card))
    return [change, options, addon, *day, pause, cancel]


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Request, subscription_id: UUID) -> HttpResponse:
    card = found(subscription_id)
    form, back = CancelForm(request.POST or None), subscription_url(card.id)
    if request.method == "POST" and form.is_valid():
        acting.cancel(request, card, form, EndCause.STAFF)
        return HttpResponseRedirect(back)
    page = acting.cancel_page(
        card,
        form,
        surface="workspace",
        action=_at("subscription_cancel", card),
        back=back,
        breadcrumbs=[
            Crumb(_("Assinaturas"), reverse("workspace:subscriptions")),
            Crumb(components.name_of(card), back),
            Crumb(_("Cancelar")),
        ],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_POST
def take_back(request: Request, subscription_id: UUID) -> HttpResponse:
    card = found(subscription_id)
    return acting.do(
        request,
        lambda: reactivate(subscription_id=card.id, at=now()),
        _("A assinatura continua."),
        subscription_url(card.id),
    )


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_POST
def pause(request: Request, subscription_id: UUID) -> HttpResponse:
    card = found(subscription_id)
    return acting.do(
        request,
        lambda: pause_billing(subscription_id=card.id, at=now()),
        _("Cobrança em pausa; o serviço continua."),
        subscription_url(card.id),
    )


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_POST
def unpause(request: Request, subscription_id: UUID) -> HttpResponse:
    card = found(subscription_id)
    return acting.do(
        request,
        lambda: resume_billing(subscription_id=card.id, at=now()),
        _("Cobrança retomada."),
        subscription_url(card.id),
    )


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def billing_day(request: Request, subscription_id: UUID) -> HttpResponse:
    """On which day of the month the customer of this subscription wants to be billed."""
    card = found(subscription_id)
    form = BillingDayForm(
        request.POST or None, initial={"day": billing_day_of(card.customer_id)}
    )
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        return acting.do(
            request,
            lambda: set_billing_day(customer_id=card.customer_id, day=day, at=now()),
            _("Dia de cobrança salvo."),
            subscription_url(card.id),
        )
    return render_page(request, _day_page(card, form))


def _day_page(card: SubscriptionCard, form: BillingDayForm) -> Page:
    back = subscription_url(card.id)
    told = _(
        "A partir do próximo período, as assinaturas deste cliente começam neste dia do mês. "
        "Os dias até lá são cobrados à parte, em proporção."
    )
    ask = Form(
        _at("subscription_day", card),
        form_fields(form),
        [
            Button(_("Salvar"), variant="primary"),
            LinkButton(_("Voltar à assinatura"), back),
        ],
        FormErrors(form) if form.errors else "",
    )
    return Page(
        _("Dia de cobrança do cliente"),
        "workspace",
        [Note("info", told), Card([ask])],
        lead=components.name_of(card),
        breadcrumbs=[
            Crumb(_("Assinaturas"), reverse("workspace:subscriptions")),
            Crumb(components.name_of(card), back),
            Crumb(_("Dia de cobrança")),
        ],
        width="narrow",
        status=422 if form.errors else 200,
    )


def _customers(request: Request, customer_ids: set[UUID]) -> Mapping[UUID, Content] | None:
    """Their names in one look, for who may read them."""
    if "customers:read" not in request.permissions:
        return None
    return {
        customer_id: Link(row["name"], reverse("workspace:customer", args=[customer_id]))
        for customer_id, row in customers.customers_by_id(customer_ids).items()
    }


def _views(request: Request, chosen: str) -> Views:
    words = {
        "": _("Todas"),
        "em-teste": _("Em teste"),
        "ativas": _("Ativas"),
        "em-atraso": _("Em atraso"),
        "suspensas": _("Suspensas"),
        "encerradas": _("Encerradas"),
    }
    return Views(
        [
            View(label, here(request, estado=key, antes=""), current=key == chosen)
            for key, label in words.items()
        ],
        _("Estados"),
    )


def _button(view: str, card: SubscriptionCard, label: str) -> PostButton:
    return PostButton(Button(label), _at(view, card))


def _at(view: str, card: SubscriptionCard) -> str:
    return reverse(f"workspace:{view}", args=[card.id])


urlpatterns = [
    path("assinaturas/", subscriptions, name="subscriptions"),
    path("assinaturas/<uuid:subscription_id>/cancelar/", cancel, name="subscription_cancel"),
    path(
        "assinaturas/<uuid:subscription_id>/manter/", take_back, name="subscription_reactivate"
    ),
    path("assinaturas/<uuid:subscription_id>/dia/", billing_day, name="subscription_day"),
    path("assinaturas/<uuid:subscription_id>/pausar/", pause, name="subscription_pause"),
    path("assinaturas/<uuid:subscription_id>/retomar/", unpause, name="subscription_unpause"),
]
