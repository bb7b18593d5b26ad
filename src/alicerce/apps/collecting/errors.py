"""What collecting refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchCard(Refused):
    code = "no_such_card"
    status = 404
    message = _("Cartão não encontrado.")


class NoCardToCharge(Refused):
    code = "no_card_to_charge"
    message = _("Não há cartão guardado que se possa cobrar.")


class AlreadyCharging(Refused):
    code = "already_charging"
    message = _("O cartão já está sendo cobrado. Aguarde o resultado.")


class NothingToCollect(Refused):
    code = "nothing_to_collect"
    message = _("Esta fatura não tem o que cobrar.")


class TooManyTries(Refused):
    code = "too_many_tries"
    status = 429
    message = _("O cartão já foi tentado vezes demais para esta fatura. Use outra forma.")


class CardsNotOffered(Refused):
    code = "cards_not_offered"
    status = 422
    message = _("Esta empresa ainda não guarda cartões.")


class ConfirmationOver(Refused):
    code = "confirmation_over"
    status = 410
    message = _("Este link não vale mais. Abra a fatura para pagar.")


class AutomaticNotOffered(Refused):
    code = "automatic_not_offered"
    status = 422
    message = _("Esta empresa ainda não oferece Pix Automático.")


class AlreadyAuthorized(Refused):
    code = "already_authorized"
    message = _("O Pix Automático já está autorizado.")


class AskedTooOften(Refused):
    code = "asked_too_often"
    status = 429
    message = _("O banco já foi perguntado três vezes neste dia. Tente de novo amanhã.")


class AlreadyRequested(Refused):
    code = "already_requested"
    message = _(
        "O banco já está mostrando um pedido. Responda a ele no aplicativo, ou cancele-o."
    )


class LimitTooLow(Refused):
    code = "limit_too_low"
    status = 422
    message = _("O limite não cobre o valor da fatura.")


class NoSuchMandate(Refused):
    code = "no_such_mandate"
    status = 404
    message = _("Autorização não encontrada.")
