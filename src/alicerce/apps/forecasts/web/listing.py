"""The rows of a forecast on pages: invoices, what happens, who is asked for something else, and one customer."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.forecasts import permissions
from alicerce.apps.forecasts.queries import rows as queries
from alicerce.apps.forecasts.types import ForecastCard, Side, Wanted
from alicerce.apps.forecasts.web import components as parts
from alicerce.apps.forecasts.web import files
from alicerce.apps.forecasts.web import row_components as row_parts
from alicerce.apps.forecasts.web.asking import (
    books,
    found_forecast,
    may_take,
    newer,
    older,
    side_of,
    trail,
    wanted_rows,
)
from alicerce.apps.forecasts.web.components import url
from alicerce.apps.forecasts.web.words import KINDS
from alicerce.kernel.access import Request, requires
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Filters, FilterSelect
from alicerce.ui.layout import Crumb, Section
from alicerce.ui.links import here
from alicerce.ui.page import Page, render_page


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def invoices(request: Request, forecast_id: UUID) -> HttpResponse:
    one, after = found_forecast(forecast_id), request.GET.get("depois", "")
    leaf = queries.invoices(one.id, wanted_rows(request, one), after=after)
    table = row_parts.invoices_table(
        request, one, leaf.rows, newer=newer(request), older=older(request, leaf.next_after)
    )
    return _rows_page(request, one, _("Faturas previstas"), "forecast_invoices_csv", table)


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def happenings(request: Request, forecast_id: UUID) -> HttpResponse:
    one, after = found_forecast(forecast_id), request.GET.get("depois", "")
    leaf = queries.happenings(one.id, wanted_rows(request, one), after=after)
    table = row_parts.happenings_table(
        request, one, leaf.rows, newer=newer(request), older=older(request, leaf.next_after)
    )
    title = _("Acontecimentos previstos")
    return _rows_page(request, one, title, "forecast_happenings_csv", table, has_kinds=True)


def _rows_page(
    request: Request,
    one: ForecastCard,
    title: str,
    file: str,
    table: Content,
    *,
    has_kinds: bool = False,
) -> HttpResponse:
    query = here(request).partition("?")[2]
    side = side_of(request, one)
    page = Page(
        title,
        "workspace",
        [
            *([books(request, one, side)] if one.compares else []),
            filters(request, one, has_kinds=has_kinds),
            table,
        ],
        breadcrumbs=trail(Crumb(parts.span_of(one), url("forecast", one.id)), Crumb(title)),
        actions=[
            LinkButton(
                _("Baixar CSV"), f"{url(file, one.id)}?{query}".rstrip("?"), icon="download"
            )
        ]
        if may_take(request)
        else [],
    )
    return render_page(request, page)


def filters(request: Request, one: ForecastCard, *, has_kinds: bool) -> Filters:
    months = [(f"{month:%Y-%m}", parts.month_name(month)) for month in parts.months_of(one)]
    said = request.GET
    selects = [FilterSelect("mes", _("Mês"), [("", _("Todos")), *months], said.get("mes", ""))]
    if has_kinds:
        kinds = [("", _("Tudo")), *((kind.value, KINDS[kind]) for kind in KINDS)]
        selects.append(FilterSelect("tipo", _("O quê"), kinds, said.get("tipo", "")))
    if one.compares:
        only = [("", _("Todas")), ("diferentes", _("Só as que mudam"))]
        selects.append(FilterSelect("so", _("Linhas"), only, said.get("so", "")))
    keep = {name: said[name] for name in ("livro", "cliente") if said.get(name)}
    return Filters(request.path, selects=selects, keep=keep)


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def differences(request: Request, forecast_id: UUID) -> HttpResponse:
    one, after = found_forecast(forecast_id), request.GET.get("depois", "")
    leaf = queries.differences(one.id, after=after)
    table = row_parts.differences_table(
        request, one, leaf.rows, newer=newer(request), older=older(request, leaf.next_after)
    )
    title = _("Diferenças por cliente")
    page = Page(
        title,
        "workspace",
        [table],
        lead=_("Os clientes de quem se pediria outro valor, em todos os meses da previsão."),
        breadcrumbs=trail(Crumb(parts.span_of(one), url("forecast", one.id)), Crumb(title)),
        actions=[
            LinkButton(
                _("Baixar CSV"), url("forecast_differences_csv", one.id), icon="download"
            )
        ]
        if may_take(request)
        else [],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def customer(request: Request, forecast_id: UUID, customer_id: UUID) -> HttpResponse:
    """All that would be of one customer, from the first day on."""
    one = found_forecast(forecast_id)
    side = side_of(request, one, usual=Side.BOTH if one.compares else Side.BASE)
    only = request.GET.get("so") == "diferentes"
    rows = Wanted(side=side, customer_id=customer_id, only_different=only)
    asked = queries.invoices(one.id, rows, limit=MOST_OF_ONE)
    comes = queries.happenings(one.id, rows, limit=MOST_OF_ONE)
    if not asked.rows and not comes.rows and not only:
        raise Http404
    name = next((row.customer for row in [*asked.rows, *comes.rows]), "")
    page = Page(
        row_parts.who(request, name),
        "workspace",
        [
            *([books(request, one, side)] if one.compares else []),
            Section(
                _("Faturas previstas"),
                [row_parts.invoices_table(request, one, asked.rows, newer="", older="")],
            ),
            Section(
                _("Acontecimentos previstos"),
                [row_parts.happenings_table(request, one, comes.rows)],
            ),
        ],
        breadcrumbs=trail(
            Crumb(parts.span_of(one), url("forecast", one.id)), Crumb(_("Cliente"))
        ),
    )
    return render_page(request, page)


MOST_OF_ONE = 500
"""Months of one customer; what is more is in the lists, by customer."""


@requires("workspace:enter")
@requires(permissions.READ)
@requires("customers:read")
@require_safe
def invoices_csv(request: Request, forecast_id: UUID) -> HttpResponse:
    one = found_forecast(forecast_id)
    rows = wanted_rows(request, one)
    found = files.all_rows(
        lambda after, limit: queries.invoices(one.id, rows, after=after, limit=limit)
    )
    return files.csv("faturas-previstas", files.invoice_lines(found))


@requires("workspace:enter")
@requires(permissions.READ)
@requires("customers:read")
@require_safe
def happenings_csv(request: Request, forecast_id: UUID) -> HttpResponse:
    one = found_forecast(forecast_id)
    rows = wanted_rows(request, one)
    found = files.all_rows(
        lambda after, limit: queries.happenings(one.id, rows, after=after, limit=limit)
    )
    return files.csv("acontecimentos-previstos", files.happening_lines(found))


@requires("workspace:enter")
@requires(permissions.READ)
@requires("customers:read")
@require_safe
def differences_csv(request: Request, forecast_id: UUID) -> HttpResponse:
    one = found_forecast(forecast_id)
    found = files.all_rows(
        lambda after, limit: queries.differences(one.id, after=after, limit=limit)
    )
    return files.csv("diferencas-previstas", files.difference_lines(found))


urlpatterns = [
    path("previsoes/<uuid:forecast_id>/faturas/", invoices, name="forecast_invoices"),
    path(
        "previsoes/<uuid:forecast_id>/faturas.csv", invoices_csv, name="forecast_invoices_csv"
    ),
    path(
        "previsoes/<uuid:forecast_id>/acontecimentos/", happenings, name="forecast_happenings"
    ),
    path(
        "previsoes/<uuid:forecast_id>/acontecimentos.csv",
        happenings_csv,
        name="forecast_happenings_csv",
    ),
    path("previsoes/<uuid:forecast_id>/diferencas/", differences, name="forecast_differences"),
    path(
        "previsoes/<uuid:forecast_id>/diferencas.csv",
        differences_csv,
        name="forecast_differences_csv",
    ),
    path(
        "previsoes/<uuid:forecast_id>/clientes/<uuid:customer_id>/",
        customer,
        name="forecast_customer",
    ),
]
