"""What one may be allowed to do with ${app}."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("${app}:read", _("Ver ${app}"))
WRITE = Permission("${app}:write", _("Mudar ${app}"))
