"""Tables of forecasts."""

from alicerce.apps.forecasts.models.forecast import Forecast
from alicerce.apps.forecasts.models.rows import ForecastHappening, ForecastInvoice, ForecastSum

__all__ = ["Forecast", "ForecastHappening", "ForecastInvoice", "ForecastSum"]
