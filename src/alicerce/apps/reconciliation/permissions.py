"""What one may be allowed to do with the reconciliation."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission(
    "reconciliation:read", _("Ver a conciliação, os repasses e o extrato do banco")
)
MANAGE = Permission(
    "reconciliation:manage", _("Conciliar: resolver diferenças e ligar o extrato")
)
