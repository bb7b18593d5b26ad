"""What tenancy refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class OperatorOutsideRoot(Refused):
    code = "operator_outside_root"
    message = _("Só a empresa da plataforma tem operadores. Escolha outro papel.")
