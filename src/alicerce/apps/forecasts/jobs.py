"""What forecasts do when something happens."""

from alicerce.apps.forecasts.events import ForecastStepDue
from alicerce.apps.forecasts.services.run import (
    abandon_forecast,
    forget_old_forecasts,
    take_forecast_on,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.jobs import every, on

DAY = 86_400


def give_up(due: ForecastStepDue, error: str) -> None:
    abandon_forecast(forecast_id=due.forecast_id, at=now())


@on(ForecastStepDue, queue="bulk", on_dead=give_up)
def go_on_with_forecast(due: ForecastStepDue) -> None:
    take_forecast_on(forecast_id=due.forecast_id, step=due.step, at=now())


@every(seconds=DAY, queue="bulk")
def forget_forecasts() -> None:
    """Of every company, also of one that is closed: its customers are people still."""
    for tenant_id in tenancy.all_tenant_ids():
        with acting(tenant_id=tenant_id):
            forget_old_forecasts(at=now())
