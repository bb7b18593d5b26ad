"""What one may be allowed to do with the book of another program."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("switching:read", _("Ver o que veio de outro sistema e as diferenças"))
MANAGE = Permission("switching:manage", _("Trazer clientes e serviços de outro sistema"))
CUT_OVER = Permission(
    "switching:cut_over", _("Passar a cobrar aqui o que veio de outro sistema")
)
