"""What one may do with orders."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("orders:read", _("Ver pedidos"))
CREATE_SERVICES = Permission("services:create", _("Contratar serviços para clientes"))
