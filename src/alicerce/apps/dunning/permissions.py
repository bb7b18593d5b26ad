"""What one may be allowed to do with the ladder of unpaid invoices."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("dunning:read", _("Ver a régua de cobrança e quem está em atraso"))
MANAGE = Permission("dunning:manage", _("Mudar a régua de cobrança e abrir exceções"))
