"""What metadata refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class TooMuchMetadata(Refused):
    code = "too_much_metadata"
    status = 422
    message = _("Cabem até 20 nomes em metadata. Retire algum antes de acrescentar outro.")
