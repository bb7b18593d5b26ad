"""What Pix Automático says to people: in letters, on pages."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.collecting.types import DebitReason, MandateView
from alicerce.ui.formats import money

WHY: Mapping[str, Promise] = {
    DebitReason.OVER_LIMIT: gettext_lazy("O valor passa do que foi autorizado."),
    DebitReason.CYCLE_TAKEN: gettext_lazy(
        "Outra fatura já usa o débito deste mês: o banco aceita um por mês."
    ),
    DebitReason.TOO_LATE: gettext_lazy(
        "O banco precisa ser avisado dois dias antes do vencimento, e não houve tempo."
    ),
    DebitReason.CARD_CHOSEN: gettext_lazy("Você escolheu pagar com o cartão guardado."),
    DebitReason.UNANSWERED: gettext_lazy("O banco ainda não disse se debitou."),
    DebitReason.MANDATE_OVER: gettext_lazy("A autorização foi encerrada."),
    "AB10": gettext_lazy("O banco não conseguiu processar o débito."),
    "AC05": gettext_lazy("A conta autorizada foi encerrada."),
    "AC06": gettext_lazy("A conta autorizada está bloqueada."),
    "AM02": gettext_lazy("O valor passa do limite que você deu ao banco."),
    "AM09": gettext_lazy("O valor passa do que foi autorizado."),
    "MSUC": gettext_lazy("A autorização não vale mais no banco."),
    "called_off": gettext_lazy("O débito foi cancelado no banco."),
    "expired": gettext_lazy("Não havia saldo nos dias em que o banco tentou."),
    "no_answer": gettext_lazy("O banco não disse por que não debitou."),
}
"""Few codes say something to a payer; the others are their bank's own business."""


def why_sentence(reason: str) -> str:
    found = WHY.get(reason.partition(":")[0])
    return str(found) if found else _("O banco não debitou.")


def limit_sentence(mandate: MandateView) -> str:
    if mandate.fixed is not None:
        return _("Sempre %(amount)s por mês.") % {"amount": money(mandate.fixed)}
    if mandate.most is not None:
        return _("Até %(amount)s por mês.") % {"amount": money(mandate.most)}
    return _("O valor de cada fatura.")
