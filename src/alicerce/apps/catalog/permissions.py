"""What one may do with what is for sale."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("catalog:read", _("Ver planos, preços e cupons"))
WRITE = Permission("catalog:write", _("Criar planos, mudar preços e fazer cupons"))
