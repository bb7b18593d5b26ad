"""What support refuses."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NobodyToAnswer(Refused):
    code = "nobody_to_answer"
    message: ClassVar[str | Promise] = _(
        "Este chamado não é de nenhum cliente: só cabem notas internas."
    )
