"""What ${app} refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class ${Noun}LabelTaken(Refused):
    code = "${noun}_label_taken"
    message = _("Este nome já está em uso.")
