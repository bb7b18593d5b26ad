"""The errors we expect. Everything else is a bug and reaches whoever is on call."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A request that was understood and will not be done, with the reason why."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    message: ClassVar[str | Promise] = _("Operação não permitida.")

    def __str__(self) -> str:
        return str(self.message)
