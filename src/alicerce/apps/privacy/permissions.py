"""What one may be allowed to do with privacy."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("privacy:read", _("Ver pedidos de titulares de dados"))
WRITE = Permission("privacy:write", _("Atender pedidos de titulares de dados"))
