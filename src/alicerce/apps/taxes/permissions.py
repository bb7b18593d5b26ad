"""What one may be allowed to do with taxes."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("taxes:read", _("Ver os impostos das faturas e quem é isento"))
WRITE = Permission("taxes:write", _("Mudar impostos, isenções e códigos de serviço"))
