"""What one may be allowed to see of what a company pays."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("platform_bill:read", _("Ver o que a empresa paga à plataforma"))
BUY = Permission("platform_bill:buy", _("Comprar, mudar e encerrar produtos da plataforma"))
