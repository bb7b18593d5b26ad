"""What identity refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class LinkExpired(Refused):
    code = "link_expired"
    status = 410
    message = _("Este link já foi usado ou venceu. Peça um novo.")
