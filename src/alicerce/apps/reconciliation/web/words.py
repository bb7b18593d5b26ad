"""What the codes of reconciliation are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.reconciliation.types import (
    DifferenceKind,
    DifferenceState,
    MatchKind,
    MovementKind,
    PayoutStatus,
    RunStatus,
    Span,
)
from alicerce.ui.status import Status, Statuses

Words = str | Promise

RUN: Statuses = {
    RunStatus.RUNNING: Status("info", _("Comparando"), live=True),
    RunStatus.DONE: Status("ok", _("Comparado")),
    RunStatus.UNKNOWN: Status("warn", _("Sem resposta")),
}
STATE: Statuses = {
    DifferenceState.OPEN: Status("bad", _("Aberta")),
    DifferenceState.EXPLAINED: Status("info", _("Explicada")),
    DifferenceState.RESOLVED: Status("ok", _("Resolvida")),
}
PAYOUT: Statuses = {
    PayoutStatus.PENDING: Status("info", _("Agendado")),
    PayoutStatus.IN_TRANSIT: Status("info", _("A caminho")),
    PayoutStatus.PAID: Status("ok", _("Pago")),
    PayoutStatus.FAILED: Status("bad", _("Devolvido pelo banco")),
    PayoutStatus.CANCELED: Status("", _("Cancelado")),
}
SPANS: Mapping[Span, Words] = {
    Span.RECENT: _("A cada 15 minutos, dois dias para trás"),
    Span.NIGHTLY: _("Toda noite, 90 dias para trás"),
    Span.ASKED: _("Pedida por alguém, dois dias para trás"),
}
KINDS: Mapping[DifferenceKind, Words] = {
    DifferenceKind.MISSING_HERE: _("Falta aqui"),
    DifferenceKind.MISSING_THERE: _("Falta no provedor"),
    DifferenceKind.UNCLAIMED: _("Pagamento sem fatura nem cliente"),
    DifferenceKind.AMOUNT: _("Valor diferente"),
    DifferenceKind.STATUS: _("Estado diferente"),
    DifferenceKind.FEE: _("Tarifa não registrada"),
    DifferenceKind.LEDGER: _("Razão diferente do pagamento"),
    DifferenceKind.PAYOUT_AMOUNT: _("Repasse não fecha"),
    DifferenceKind.PAYOUT_BANK_AMOUNT: _("Repasse chegou com outro valor"),
    DifferenceKind.PAYOUT_NOT_IN_BANK: _("Repasse não chegou ao banco"),
    DifferenceKind.PAYOUT_RETURNED: _("Repasse devolvido pelo banco"),
    DifferenceKind.BANK_LINE_ALONE: _("Entrada no banco sem origem"),
    DifferenceKind.DEBIT_UNANSWERED: _("Débito sem resposta do banco"),
}
ADVICE: Mapping[DifferenceKind, Words] = {
    DifferenceKind.MISSING_HERE: _(
        "O provedor tem e nós não: o aviso se perdeu. Registre o que o provedor diz, ou espere a "
        "próxima leitura da conta, que faz o mesmo."
    ),
    DifferenceKind.MISSING_THERE: _(
        "Está registrado aqui e o provedor, perguntado por ele, não o conhece. Confira se a conta e "
        "as chaves são as certas e fale com o provedor antes de devolver ou entregar algo."
    ),
    DifferenceKind.UNCLAIMED: _(
        "Está recebido e registrado, mas nada diz de quem é: veio direto ao provedor ou ao banco. "
        "Descubra quem pagou e dê o valor ao cliente, a uma fatura dele ou ao saldo; ou devolva."
    ),
    DifferenceKind.AMOUNT: _(
        "O mesmo pagamento com valores diferentes. O que está registrado não muda: corrija a fatura "
        "por nota de crédito ou devolução, e explique aqui."
    ),
    DifferenceKind.STATUS: _(
        "O provedor diz outra coisa do que aconteceu com esta devolução. Registre o que ele diz."
    ),
    DifferenceKind.FEE: _(
        "A tarifa que o provedor cobrou não é a que está no razão. Registrar de novo só acrescenta a "
        "que falta; uma diferente precisa de explicação."
    ),
    DifferenceKind.LEDGER: _(
        "O pagamento e o seu lançamento no razão não dizem o mesmo. Isto não acontece por si: chame "
        "quem cuida do sistema."
    ),
    DifferenceKind.DEBIT_UNANSWERED: _(
        "O prazo do Pix Automático acabou e o provedor não diz se o banco do cliente debitou a fatura. "
        "Pergunte a ele, com a referência à mão. A régua de cobrança segue; nenhum cartão é cobrado "
        "sozinho por esta fatura, e se o dinheiro chegar depois ele a paga ou vira saldo. Isto se fecha "
        "quando o provedor responder."
    ),
    DifferenceKind.PAYOUT_AMOUNT: _(
        "A soma do que compõe o repasse não é o valor do repasse. Fale com o provedor, com o número "
        "do repasse à mão."
    ),
    DifferenceKind.PAYOUT_BANK_AMOUNT: _(
        "O repasse está no extrato, com outro valor. Se o banco ficou com a diferença, ligue a linha e "
        "lance o resto como tarifa do banco; se não, pergunte ao banco e ao provedor, e explique aqui."
    ),
    DifferenceKind.PAYOUT_NOT_IN_BANK: _(
        "O provedor diz que pagou, e o extrato daqueles dias não tem a entrada, ou ninguém o enviou. "
        "Envie o extrato, procure nele a linha e ligue-a, ou fale com o provedor e com o banco."
    ),
    DifferenceKind.PAYOUT_RETURNED: _(
        "O banco devolveu o repasse e o dinheiro está de novo no provedor. Se ele estava ligado ao extrato, "
        "a ligação foi desfeita, com o que lançou no razão. Corrija no provedor os dados da conta; isto "
        "se fecha quando outro repasse levar este dinheiro e for pago."
    ),
    DifferenceKind.BANK_LINE_ALONE: _(
        "Entrou dinheiro e não se sabe do quê. Abra a linha: ligue-a ao que ela é, ou registre com "
        "ela o pagamento de uma fatura. Se não é de clientes, explique."
    ),
}
MATCHES: Mapping[MatchKind, Words] = {
    MatchKind.PAYOUT: _("Repasse"),
    MatchKind.PAYMENT: _("Pagamento no provedor"),
    MatchKind.REFUND: _("Devolução no provedor"),
    MatchKind.BY_HAND: _("Pagamento registrado à mão"),
    MatchKind.FEE: _("Tarifa do banco"),
}
MOVEMENTS: Mapping[MovementKind, Words] = {
    MovementKind.PAYMENT: _("Pagamento"),
    MovementKind.REFUND: _("Devolução"),
    MovementKind.FEE: _("Tarifa"),
    MovementKind.EARNING: _("Tarifa recebida de empresa"),
    MovementKind.PAYOUT: _("Repasse"),
    MovementKind.OTHER: _("Outro movimento"),
}
WHY: Mapping[str, Words] = {
    "name": _("a linha diz o nome dele"),
    "amount": _("o mesmo valor"),
    "day": _("dias próximos"),
    "descriptor": _("a linha diz o provedor"),
    "near": _("valor e dias próximos"),
}
SUMS: Mapping[str, Words] = {
    "days": _("tudo o que se recebeu e devolveu nestes dias"),
    "payments": _("todos os pagamentos destes dias"),
    "few": _("poucos que somam este valor"),
    "name": _("todas dizem o nome do repasse"),
}
FIELDS: Mapping[str, Words] = {
    "posted_on": _("Data"),
    "amount": _("Valor"),
    "credit": _("Entradas"),
    "debit": _("Saídas"),
    "memo": _("Histórico"),
    "document": _("Documento"),
}
FAULTS: Mapping[str, Words] = {"unreadable": _("não dá para ler")}
