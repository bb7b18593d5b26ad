"""What one may be allowed to do with a company's own host names."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("host_names:read", _("Ver os endereços próprios da empresa"))
WRITE = Permission("host_names:write", _("Ligar e desligar endereços próprios da empresa"))
