"""What the codes of dunning are called, for people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alicerce.apps.dunning.rules import ladders as rules
from alicerce.apps.dunning.rules.ladders import Flaw
from alicerce.apps.dunning.types import Outcome, StepKind

KINDS: Mapping[StepKind, Promise] = {
    StepKind.INVOICE: gettext_lazy("Enviar a fatura"),
    StepKind.REMINDER: gettext_lazy("Lembrar por e-mail"),
    StepKind.BANNER: gettext_lazy("Avisar na área do cliente"),
    StepKind.SUSPEND_WEB: gettext_lazy("Suspender o site"),
    StepKind.SUSPEND_ALL: gettext_lazy("Suspender tudo"),
    StepKind.END: gettext_lazy("Encerrar e agendar a remoção"),
    StepKind.OVERDUE: gettext_lazy("Passa a estar em atraso"),
    StepKind.NOTICE: gettext_lazy("Aviso extra por e-mail"),
}
OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.DONE: gettext_lazy("Feito"),
    Outcome.SKIPPED: gettext_lazy("Pulado: outro aviso disse tudo"),
    Outcome.NOTHING: gettext_lazy("Nada a suspender"),
}
FLAWS: Mapping[Flaw, Promise] = {
    rules.EMPTY: gettext_lazy("A régua precisa de pelo menos um passo."),
    rules.TOO_LONG: gettext_lazy("A régua tem passos demais: 30 é o máximo."),
    rules.OUT_OF_REACH: gettext_lazy(
        "Um passo fica longe demais: de 60 dias antes a 365 dias depois do vencimento."
    ),
    rules.TWO_LETTERS_A_DAY: gettext_lazy("Há dois e-mails no mesmo dia. Deixe um."),
    rules.TWICE: gettext_lazy("Avisar na área do cliente, suspender e encerrar: uma vez cada."),
    rules.TOO_EARLY: gettext_lazy(
        "Só depois do vencimento se avisa na área do cliente, se suspende ou se encerra: "
        "use 1 dia ou mais."
    ),
    rules.BACKWARDS: gettext_lazy(
        "A ordem está trocada: primeiro suspender o site, depois suspender tudo, depois encerrar."
    ),
    rules.NO_NOTICE: gettext_lazy(
        "Falta um aviso: mande um e-mail depois do vencimento, com a antecedência escolhida, "
        "antes da primeira suspensão."
    ),
    rules.ENDS_TOO_SOON: gettext_lazy("Encerrar só a partir de 15 dias depois do vencimento."),
    rules.ENDS_UNWARNED: gettext_lazy(
        "Antes de encerrar, suspenda: é o último aviso que chega."
    ),
    rules.INVOICE_LATE: gettext_lazy(
        "Enviar a fatura é até o vencimento. Depois dele, use um lembrete."
    ),
    rules.BAD_HOURS: gettext_lazy(
        "O horário de envio precisa começar antes de acabar e ter pelo menos 4 horas."
    ),
    rules.BAD_NOTICE: gettext_lazy("A antecedência do aviso é de 1 a 240 horas."),
}


def offset_words(days: int) -> str:
    if not days:
        return _("No vencimento")
    if days < 0:
        words = ngettext("%(days)s dia antes", "%(days)s dias antes", -days)
        return words % {"days": -days}
    return ngettext("%(days)s dia depois", "%(days)s dias depois", days) % {"days": days}
