"""What one may be allowed to do with tax documents."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("fiscal:read", _("Ver notas fiscais"))
MANAGE = Permission(
    "fiscal:manage", _("Emitir e cancelar notas fiscais, e configurar o emissor")
)
