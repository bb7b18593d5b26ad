"""What one may do with orders."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("orders:read", _("Ver pedidos"))
CANCEL = Permission("orders:cancel", _("Cancelar pedidos que ninguém pagou"))
ANNOTATE = Permission("orders:annotate", _("Guardar dados de integrações em pedidos"))
REPRICE = Permission("orders:reprice", _("Mudar o preço numa venda"))
CREATE_SERVICES = Permission("services:create", _("Contratar serviços para clientes"))
