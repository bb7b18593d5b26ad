"""What other apps may ask of forecasts: what is known of people, to be told and forgotten."""

from alicerce.apps.forecasts.models import ForecastHappening, ForecastInvoice
from alicerce.kernel.personal import PersonalRecords

__all__ = ["personal"]

personal = PersonalRecords(ForecastInvoice, ForecastHappening)
