"""What an address asks for: which forecast, which of its rows."""

from datetime import date
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from alicerce.apps.forecasts.errors import NoSuchForecast
from alicerce.apps.forecasts.queries import rows as queries
from alicerce.apps.forecasts.types import ForecastCard, HappeningKind, Side, Wanted
from alicerce.apps.forecasts.web.components import url
from alicerce.apps.forecasts.web.words import SIDES
from alicerce.kernel.access import Request
from alicerce.ui.layout import Crumb, View, Views
from alicerce.ui.links import here, said_id


def trail(*crumbs: Crumb) -> list[Crumb]:
    return [Crumb(_("Previsões"), url("forecasts")), *crumbs]


def books(request: Request, one: ForecastCard, side: Side) -> Views:
    return Views(
        [
            View(words, here(request, livro=each.value, depois=""), current=each == side)
            for each, words in SIDES.items()
        ],
        _("Livro"),
    )


def found_forecast(forecast_id: UUID) -> ForecastCard:
    try:
        return queries.forecast(forecast_id)
    except NoSuchForecast:
        raise Http404 from None


def wanted_rows(request: Request, one: ForecastCard) -> Wanted:
    """What the address cannot mean narrows nothing."""
    said = request.GET.get("tipo", "")
    return Wanted(
        side=side_of(request, one),
        month=_month(request.GET.get("mes", "")),
        kind=said if said in set(HappeningKind) else "",
        customer_id=said_id(request, "cliente"),
        only_different=request.GET.get("so") == "diferentes",
    )


def side_of(request: Request, one: ForecastCard, *, usual: Side = Side.BASE) -> Side:
    said = request.GET.get("livro", "")
    return Side(said) if one.compares and said in set(Side) else usual


def may_take(request: Request) -> bool:
    """A file names people."""
    return "customers:read" in request.permissions


def newer(request: Request) -> str:
    return here(request, depois="") if request.GET.get("depois") else ""


def older(request: Request, after: str) -> str:
    return here(request, depois=after) if after else ""


def _month(said: str) -> date | None:
    try:
        return date.fromisoformat(f"{said}-01")
    except ValueError:
        return None
