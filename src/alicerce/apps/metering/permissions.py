"""What one may do with usage. Reading it is part of `billing:read`, and its meters of the catalog."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

WRITE = Permission("usage:write", _("Registrar uso medido"))
