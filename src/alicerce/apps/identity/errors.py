"""What identity refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class WrongCredentials(Refused):
    code = "wrong_credentials"
    status = 422
    message = _("E-mail ou senha não conferem.")


class TooManyAttempts(Refused):
    code = "too_many_attempts"
    status = 429
    message = _("Muitas tentativas. Espere cinco minutos e tente de novo.")


class LinkExpired(Refused):
    code = "link_expired"
    status = 410
    message = _("Este link já foi usado ou venceu. Peça um novo.")
