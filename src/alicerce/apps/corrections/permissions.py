"""What one may be allowed to do with corrections that programs ask for."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

REQUEST = Permission(
    "corrections:request", _("Pedir correções de dinheiro, que uma pessoa aprova")
)
