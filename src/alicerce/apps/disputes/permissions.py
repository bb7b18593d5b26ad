"""What one may be allowed to do with disputes."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("disputes:read", _("Ver disputas e devoluções contestadas"))
ANSWER = Permission("disputes:answer", _("Responder disputas, aceitá-las e registrar MED"))
MANAGE = Permission("disputes:manage", _("Decidir o que acontece com serviços em disputa"))
