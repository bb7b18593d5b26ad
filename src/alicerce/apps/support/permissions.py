"""What one may do in support."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("support:read", _("Ver chamados"))
WRITE = Permission("support:write", _("Responder, assumir e resolver chamados"))
