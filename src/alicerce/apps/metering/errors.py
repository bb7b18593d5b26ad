"""What metering refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchMeter(Refused):
    code = "no_such_meter"
    status = 404
    message = _("Este medidor não existe.")


class BadMeter(Refused):
    code = "bad_meter"
    status = 422
    message = _("Confira os dados do medidor.")

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class MeterTaken(Refused):
    code = "meter_taken"
    message = _("Este plano já tem um medidor com esta chave.")
