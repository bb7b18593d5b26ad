"""What one may be allowed to do with customers, and on behalf of one."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("customers:read", _("Ver clientes"))
CREATE = Permission("customers:create", _("Cadastrar clientes"))
UPDATE = Permission("customers:update", _("Mudar os dados de clientes"))
CLIENT_AREA = Permission("client:area", _("Usar a área do cliente"))
