"""Facts of forecasts."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class ForecastReady(Event):
    """A forecast reached its last day; its rows may be read."""

    name: ClassVar[str] = "forecast.ready"
    description: ClassVar = _("Uma previsão da cobrança está pronta.")

    forecast_id: UUID
    customers: int
    invoices: int


class ForecastStepDue(Event):
    """A forecast is to be taken on from here."""

    name: ClassVar[str] = "forecast.step_due"
    is_internal: ClassVar[bool] = True

    forecast_id: UUID
    step: int
