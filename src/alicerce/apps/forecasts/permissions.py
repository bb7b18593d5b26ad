"""What one may do with forecasts."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("forecasts:read", _("Ver previsões da cobrança"))
WRITE = Permission("forecasts:write", _("Fazer previsões da cobrança"))
