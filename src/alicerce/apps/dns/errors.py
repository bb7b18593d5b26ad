"""What dns refuses."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class BadRecord(Refused):
    code = "bad_record"
    status = 422
    message: ClassVar[str | Promise] = _("Registro de DNS inválido.")

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"{self.message} {self.why}"


class ZoneUnsettled(Refused):
    code = "zone_unsettled"
    message: ClassVar[str | Promise] = _(
        "Outra pessoa está alterando esta zona. Tente de novo."
    )


class NoSuchZone(Refused):
    code = "no_such_domain"
    status = 404
    message = _("Domínio não encontrado.")
