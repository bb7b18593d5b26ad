"""The time machine on pages: asked for, watched, and read month by month down to each row."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.catalog import public as catalog
from alicerce.apps.dunning import public as dunning
from alicerce.apps.forecasts import permissions
from alicerce.apps.forecasts.queries import rows as queries
from alicerce.apps.forecasts.services.run import ask_forecast, cancel_forecast
from alicerce.apps.forecasts.types import ForecastCard, ForecastState
from alicerce.apps.forecasts.web import components as parts
from alicerce.apps.forecasts.web.asking import books, found_forecast, side_of, trail
from alicerce.apps.forecasts.web.components import url
from alicerce.apps.forecasts.web.forms import (
    ForecastForm,
    LadderForm,
    PriceForm,
    TaxForm,
    wanted,
)
from alicerce.apps.forecasts.web.words import ASSUMPTION_DETAILS, ASSUMPTIONS, STATES
from alicerce.apps.taxes import public as taxes
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Crumb, Section
from alicerce.ui.links import here
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page
from alicerce.ui.status import badge

WATCH, SETTLED = 2, 0


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def overview(request: Request) -> HttpResponse:
    found, may_ask = queries.forecasts(), permissions.WRITE in request.permissions
    page = Page(
        _("Previsões"),
        "workspace",
        [parts.forecasts_table(found, may_ask=may_ask)],
        lead=_(
            "Os próximos meses da cobrança, calculados pelas regras que cobram de verdade, sem"
            " enviar nada. Cada previsão é apagada depois de 30 dias."
        ),
        actions=[LinkButton(_("Fazer previsão"), url("forecast_new"), variant="primary")]
        if may_ask and found
        else [],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.WRITE)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    typed = request.POST or None
    form = ForecastForm(typed)
    names = [(str(plan.id), plan.full_name) for plan in catalog.plans()]
    price = PriceForm(typed, prefix="preco", plans=names)
    tax = TaxForm(typed, prefix="imposto", taxes=taxes.taxes())
    ladder = LadderForm(typed, prefix="regua", ladders=dunning.ladders())
    status = 200
    if typed and form.is_valid() & price.is_valid() & tax.is_valid() & ladder.is_valid():
        try:
            asked = ask_forecast(wanted=wanted(form, price, tax, ladder), at=now())
        except Refused as refused:
            messages.error(request, str(refused))
            status = 422
        else:
            return HttpResponseRedirect(url("forecast", asked))
    said = " ".join(f"{ASSUMPTIONS[one]}: {ASSUMPTION_DETAILS[one]}" for one in ASSUMPTIONS)
    cards = [
        (_("Até quando, e quem paga"), said, form),
        (_("E se um preço mudasse?"), _("Opcional. Vale só na previsão."), price),
        (_("E se um imposto mudasse?"), _("Opcional. Vale só na previsão."), tax),
        (_("E se a régua mudasse?"), _("Opcional. Vale só na previsão."), ladder),
    ]
    has_errors = any(part.errors for part in (form, price, tax, ladder))
    page = Page(
        _("Fazer previsão"),
        "workspace",
        [parts.ask_form(cards, errors=has_errors)],
        breadcrumbs=trail(Crumb(_("Fazer previsão"))),
        width="narrow",
        status=422 if has_errors else status,
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def forecast(request: Request, forecast_id: UUID) -> HttpResponse:
    one = found_forecast(forecast_id)
    every = WATCH if one.is_at_work else SETTLED
    body = [LiveRegion("previsao", here(request), every, _body(request, one))]
    page = Page(
        parts.span_of(one),
        "workspace",
        body,
        badge=badge(STATES, one.state),
        breadcrumbs=trail(Crumb(_("Previsão"))),
        actions=_actions(request, one),
    )
    return render_page(request, page)


def _body(request: Request, one: ForecastCard) -> list[Content]:
    if one.is_at_work:
        return [parts.progress(one), parts.about(one), parts.limits_note()]
    if one.state != ForecastState.READY:
        return [parts.about(one)]
    side, sums = side_of(request, one), queries.sums(one.id)
    return [
        parts.about(one),
        *([books(request, one, side)] if one.compares else []),
        Section(_("Dinheiro por mês"), [parts.money_table(one, sums, side)]),
        Section(_("O que acontece por mês"), [parts.counts_table(one, sums, side)]),
        parts.limits_note(),
    ]


def _actions(request: Request, one: ForecastCard) -> list[Content]:
    actions: list[Content] = []
    if one.state == ForecastState.READY:
        actions += [
            LinkButton(_("Faturas"), url("forecast_invoices", one.id)),
            LinkButton(_("Acontecimentos"), url("forecast_happenings", one.id)),
        ]
        if one.compares:
            link = url("forecast_differences", one.id)
            actions.append(LinkButton(_("Diferenças por cliente"), link))
    if one.is_at_work and permissions.WRITE in request.permissions:
        actions.append(parts.cancel_button(one.id))
    return actions


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.WRITE)
@require_POST
def cancel(request: Request, forecast_id: UUID) -> HttpResponse:
    one = found_forecast(forecast_id)
    try:
        cancel_forecast(forecast_id=one.id, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(url("forecast", one.id))


urlpatterns = [
    path("previsoes/", overview, name="forecasts"),
    path("previsoes/nova/", new, name="forecast_new"),
    path("previsoes/<uuid:forecast_id>/", forecast, name="forecast"),
    path("previsoes/<uuid:forecast_id>/cancelar/", cancel, name="forecast_cancel"),
]
