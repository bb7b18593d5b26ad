"""What forecasts refuse."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchForecast(Refused):
    code = "no_such_forecast"
    status = 404
    message = _("Previsão não encontrada.")


class ForecastUnderWay(Refused):
    code = "forecast_in_progress"
    message = _("Outra previsão está em andamento. Espere terminar ou cancele.")


class ForecastOver(Refused):
    code = "forecast_over"
    message = _("Esta previsão não está em andamento.")


class BadWhatIf(Refused):
    """`field` is where the mistake is."""

    code = "bad_what_if"
    status = 422
    message = _("Confira a mudança que se quer experimentar.")

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field
