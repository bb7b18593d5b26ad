"""What one may do with keys of the API."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("keys:read", _("Ver as chaves da API e o que fizeram"))
SANDBOX = Permission(
    "sandbox:operate", _("Mover o relógio e renovar os planos do ambiente de testes")
)
WRITE = Permission("keys:write", _("Criar, trocar e revogar chaves da API"))
