"""What one may be allowed to do with webhooks and the log of events."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("webhooks:read", _("Ver webhooks e entregas"))
WRITE = Permission("webhooks:write", _("Criar, mudar e testar webhooks"))
READ_EVENTS = Permission("events:read", _("Ver o registro de eventos"))
