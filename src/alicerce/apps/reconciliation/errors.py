"""What reconciliation refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchDifference(Refused):
    code = "no_such_difference"
    status = 404
    message = _("Diferença não encontrada.")


class NoSuchPayout(Refused):
    code = "no_such_payout"
    status = 404
    message = _("Repasse não encontrado.")


class NoSuchBankAccount(Refused):
    code = "no_such_bank_account"
    status = 404
    message = _("Conta bancária não encontrada.")


class NoSuchBankLine(Refused):
    code = "no_such_bank_line"
    status = 404
    message = _("Linha do extrato não encontrada.")


class NoSuchStatement(Refused):
    code = "no_such_statement"
    status = 404
    message = _("Extrato não encontrado.")


class NoSuchAccount(Refused):
    code = "no_such_gateway_account"
    status = 404
    message = _("Conta de recebimento não encontrada.")


class DifferenceOver(Refused):
    code = "difference_over"
    message = _("Esta diferença já se resolveu.")


class NotBookable(Refused):
    code = "difference_not_bookable"
    message = _("Esta diferença não se resolve registrando o que o provedor diz.")


class NotAMember(Refused):
    code = "not_a_member"
    status = 422
    message = _("Esta pessoa não trabalha na empresa.")


class UnreadableStatement(Refused):
    code = "statement_unreadable"
    status = 422
    message = _("Não foi possível ler este arquivo. Envie o extrato em OFX ou CSV.")


class StatementTooLarge(Refused):
    code = "statement_too_large"
    status = 422
    message = _("O arquivo é grande demais: até 5 MB e 20 mil linhas.")


class BankAccountTaken(Refused):
    code = "bank_account_taken"
    message = _("Já existe uma conta com este nome.")


class LineMatched(Refused):
    code = "bank_line_matched"
    message = _("Esta linha já está ligada. Desfaça a ligação antes de fazer outra.")


class CounterpartTaken(Refused):
    code = "counterpart_taken"
    message = _("Isto já está ligado a outra linha do extrato.")


class AmountsDiffer(Refused):
    code = "amounts_differ"
    status = 422
    message = _("Os valores não são iguais: a linha do extrato e o que ela seria.")


class PayoutCameBack(Refused):
    code = "payout_came_back"
    message = _("Este repasse não chegou: o banco o devolveu ao provedor.")


class TooManyParts(Refused):
    code = "too_many_parts"
    status = 422
    message = _("São coisas demais para uma ligação só: até 1.000.")


class NotMatched(Refused):
    code = "bank_line_not_matched"
    message = _("Esta linha não está ligada a nada.")
