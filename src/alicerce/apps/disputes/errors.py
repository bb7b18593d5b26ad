"""What disputes refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchDispute(Refused):
    code = "no_such_dispute"
    status = 404
    message = _("Disputa não encontrada.")


class DisputeNotAnswerable(Refused):
    code = "dispute_not_answerable"
    message = _("Esta disputa não aceita mais resposta.")


class DisputeAnswered(Refused):
    code = "dispute_answered"
    message = _("Esta disputa já foi respondida: só se responde uma vez.")


class NothingToSay(Refused):
    code = "nothing_to_say"
    status = 422
    message = _("Escreva pelo menos uma prova antes de enviar.")


class TooMuchSaid(Refused):
    code = "too_much_said"
    status = 422
    message = _("Provas demais: até 20.000 caracteres por campo e 150.000 no total.")


class NotAMed(Refused):
    code = "not_a_med"
    message = _("Só um MED em aberto se decide à mão.")


class MedNotSound(Refused):
    code = "med_not_sound"
    status = 422
    message = _(
        "Confira o MED: é de um Pix de até 80 dias, até o valor dele, e responde-se depois do aviso."
    )


class MedKnown(Refused):
    code = "med_known"
    message = _("Já há um MED com esta referência.")
