"""What identity refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class MayNotImpersonate(Refused):
    code = "may_not_impersonate"
    status = 403
    message = _("Ninguém pode ver as páginas no lugar desta pessoa.")


class ConsentIsOver(Refused):
    code = "consent_is_over"
    status = 409
    message = _("Este pedido já foi respondido, usado ou venceu.")


class LinkExpired(Refused):
    code = "link_expired"
    status = 410
    message = _("Este link já foi usado ou venceu. Peça um novo.")
