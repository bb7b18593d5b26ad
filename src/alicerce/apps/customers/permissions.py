"""What one may be allowed to do with customers, and on behalf of one."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("customers:read", _("Ver clientes"))
CREATE = Permission("customers:create", _("Cadastrar clientes"))
UPDATE = Permission("customers:update", _("Mudar os dados de clientes"))
EXPORT = Permission("customers:export", _("Baixar a lista de clientes"))

CLIENT_AREA = Permission("client:area", _("Usar a área do cliente"))
CLIENT_BILLING = Permission("client:billing", _("Ver e pagar faturas na área do cliente"))
CLIENT_SERVICES = Permission("client:services", _("Ver serviços na área do cliente"))
CLIENT_PEOPLE = Permission("client:people", _("Convidar pessoas na área do cliente"))
