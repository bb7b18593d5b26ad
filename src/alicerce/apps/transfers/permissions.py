"""What one may do with transfers. Programs know them as migrations, and so do people."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("migrations:read", _("Ver migrações"))
CREATE = Permission("migrations:create", _("Pedir e cancelar migrações"))
OPERATE = Permission("migrations:operate", _("Mover contas e concluir migrações"))
