"""What one may do with subscriptions. Reading them is part of `billing:read`."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

WRITE = Permission("subscriptions:write", _("Mudar, pausar e cancelar assinaturas"))
