"""What one may be allowed to do with the trail."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("audit:read", _("Ver a trilha de auditoria"))
