"""What orders refuse."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchOrder(Refused):
    code = "no_such_order"
    status = 404
    message = _("Pedido não encontrado.")
