"""What one may be allowed to do with invoices and payments."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("billing:read", _("Ver faturas e pagamentos"))
ANNOTATE = Permission("billing:annotate", _("Guardar dados de integrações em faturas"))
SETTLE = Permission("billing:settle", _("Dar baixa e resolver pagamentos"))
MANAGE = Permission(
    "billing:manage", _("Corrigir faturas, mexer no saldo de clientes e nas regras de cobrança")
)
REFUND = Permission("billing:refund", _("Devolver pagamentos"))
