"""What the catalog refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NotForSale(Refused):
    code = "not_for_sale"
    status = 422
    message = _("Este plano não está à venda. Escolha outro.")
