"""What everybody may do who signed in."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel import access
from alicerce.kernel.permissions import Permission

ACCOUNT = Permission(access.ACCOUNT, _("Cuidar da própria conta"))
IMPERSONATE = Permission(
    "people:impersonate", _("Ver as páginas como outra pessoa, por meia hora e com motivo")
)
