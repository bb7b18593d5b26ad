"""Crediting days without service: typed with its reason, proven, seen once more, done."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.subscriptions import permissions
from alicerce.apps.subscriptions.queries.crediting import days_credit
from alicerce.apps.subscriptions.queries.terms import local_date
from alicerce.apps.subscriptions.services.credit_days import credit_days
from alicerce.apps.subscriptions.types import SubscriptionCard
from alicerce.apps.subscriptions.types.crediting import DaysCredit
from alicerce.apps.subscriptions.web import components
from alicerce.apps.subscriptions.web.forms import CreditDaysForm
from alicerce.apps.subscriptions.web.workspace import found, subscription_url
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.money import Money
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.formats import day, money
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note

ACTION = "subscription_credit.approved"


@requires("workspace:enter")
@requires("billing:manage")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def credit(request: Request, subscription_id: UUID) -> HttpResponse:
    card = found(subscription_id)
    form = CreditDaysForm(request.POST or None, today=_today())
    if request.method == "POST" and form.is_valid():
        try:
            seen = _seen(card, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            typed = {**request.POST.dict(), "expected": seen.total.cents}
            keep(request, ACTION, about=card.id, typed=typed)
            there = reverse("workspace:subscription_credit_confirm", args=[card.id])
            return HttpResponseRedirect(there)
    return render_page(request, _page(card, form))


def _foresee(request: Request, subscription_id: UUID) -> Foreseen:
    card = found(subscription_id)
    form, expected = _typed(request, card)
    said = form.cleaned_data
    return Foreseen(
        title=_("Creditar dias sem serviço"),
        facts=[
            (_("Assinatura"), components.name_of(card)),
            (_("Primeiro dia sem serviço"), day(said["first_on"])),
            (_("Último dia sem serviço"), day(said["last_on"])),
            (_("Dias"), str((said["last_on"] - said["first_on"]).days + 1)),
            (_("Valor a creditar"), money(expected)),
            (
                _("Depois"),
                _("Primeiro diminui o que falta pagar; o que já foi pago vira saldo."),
            ),
            (_("Motivo"), said["reason"]),
        ],
        button=_("Creditar dias sem serviço"),
        entity="subscription",
        entity_id=card.id,
        amount_cents=expected.cents,
        back=subscription_url(card.id),
    )


@requires("workspace:enter")
@requires(permissions.WRITE)
@sensitive(ACTION, permission="billing:manage", foresee=_foresee)
def credit_confirm(request: Request, subscription_id: UUID) -> HttpResponseBase:
    card = found(subscription_id)
    form, expected = _typed(request, card)
    said = form.cleaned_data
    drop(request, ACTION)
    try:
        credit_days(
            subscription_id=card.id,
            first_on=said["first_on"],
            last_on=said["last_on"],
            expected=expected,
            reason=said["reason"],
            at=now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Dias creditados."))
    return HttpResponseRedirect(subscription_url(card.id))


def _seen(card: SubscriptionCard, form: CreditDaysForm) -> DaysCredit:
    said = form.cleaned_data
    return days_credit(
        subscription_id=card.id, first_on=said["first_on"], last_on=said["last_on"]
    )


def _typed(request: Request, card: SubscriptionCard) -> tuple[CreditDaysForm, Money]:
    typed = kept(request, ACTION, about=card.id)
    form = CreditDaysForm(typed, today=_today())
    if not typed or not form.is_valid():
        raise Http404
    return form, Money(int(typed["expected"]), card.amount.currency)


def _today() -> date:
    return local_date(now())


def _page(card: SubscriptionCard, form: CreditDaysForm) -> Page:
    back, title = subscription_url(card.id), _("Creditar dias sem serviço")
    told = _(
        "Para dias já faturados em que o serviço não esteve no ar por causa da empresa. "
        "O valor é a parte desses dias na fatura, com os impostos, e sai em uma nota de crédito."
    )
    ask = Form(
        "",
        form_fields(form),
        [
            Button(_("Continuar"), variant="primary"),
            LinkButton(_("Voltar à assinatura"), back),
        ],
        FormErrors(form) if form.errors else "",
    )
    return Page(
        title,
        "workspace",
        [Note("info", told), Card([ask])],
        lead=components.name_of(card),
        breadcrumbs=[
            Crumb(_("Assinaturas"), reverse("workspace:subscriptions")),
            Crumb(components.name_of(card), back),
            Crumb(title),
        ],
        width="narrow",
        status=422 if form.errors else 200,
    )


urlpatterns = [
    path("assinaturas/<uuid:subscription_id>/dias/", credit, name="subscription_credit"),
    path(
        "assinaturas/<uuid:subscription_id>/dias/confirmar/",
        credit_confirm,
        name="subscription_credit_confirm",
    ),
]
