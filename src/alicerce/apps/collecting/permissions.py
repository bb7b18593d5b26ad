"""What one may be allowed to do with kept cards."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

CHARGE = Permission("collecting:charge", _("Cobrar o cartão guardado de um cliente"))
ASK = Permission(
    "collecting:ask", _("Pedir autorizações de Pix Automático ao banco de um cliente")
)
REVOKE = Permission("collecting:revoke", _("Encerrar autorizações de Pix Automático"))
