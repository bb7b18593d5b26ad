"""What one may do with apps."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("apps:read", _("Ver os aplicativos publicados e instalados"))
WRITE = Permission("apps:write", _("Publicar aplicativos"))
INSTALL = Permission("apps:install", _("Instalar e remover aplicativos"))
