"""What one may do in dns."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("dns:read", _("Ver domínios e zonas"))
WRITE = Permission("dns:write", _("Criar e mudar domínios e zonas"))
