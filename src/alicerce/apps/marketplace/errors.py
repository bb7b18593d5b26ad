"""What marketplace refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchApplication(Refused):
    code = "no_such_application"
    status = 404
    message = _("Aplicativo não encontrado.")


class NoSuchInstallation(Refused):
    code = "no_such_installation"
    status = 404
    message = _("Este aplicativo não está instalado aqui.")


class TooManyApplications(Refused):
    code = "too_many_applications"
    message = _("A empresa já publica todos os aplicativos que pode.")


class NoSecretHere(Refused):
    code = "no_secret_here"
    message = _("Um aplicativo público não tem segredo.")
