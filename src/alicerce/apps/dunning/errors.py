"""What dunning refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchLadder(Refused):
    code = "no_such_ladder"
    status = 404
    message = _("Régua não encontrada.")


class LadderNameTaken(Refused):
    code = "ladder_name_taken"
    message = _("Já existe uma régua com este nome.")


class LadderNotSound(Refused):
    code = "ladder_not_sound"
    status = 422
    message = _("Esta régua tem passos que não fazem sentido. Revise e tente de novo.")


class NotOnLadder(Refused):
    code = "not_on_ladder"
    status = 404
    message = _("Esta fatura não está na régua de cobrança.")


class OverrideOfNothing(Refused):
    code = "override_of_nothing"
    status = 422
    message = _(
        "Diga o que muda para este cliente: a régua, dias a mais ou até quando esperar."
    )
