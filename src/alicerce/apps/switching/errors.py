"""What switching refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchDump(Refused):
    code = "no_such_import"
    status = 404
    message = _("Importação não encontrada.")


class DumpTooLarge(Refused):
    code = "dump_too_large"
    status = 413
    message = _("O arquivo é maior do que o que se recebe aqui. Envie comprimido com gzip.")


class DumpEmpty(Refused):
    code = "dump_empty"
    status = 422
    message = _("O arquivo está vazio.")


class AnotherAtWork(Refused):
    code = "import_in_progress"
    message = _("Outra importação está em andamento. Espere terminar ou cancele.")


class NotReady(Refused):
    code = "import_not_ready"
    message = _("Isto ainda não pode ser feito com esta importação.")


class AlreadyHere(Refused):
    code = "already_cut_over"
    message = _("A cobrança já passou para cá. Não há mais o que trazer nem desfazer.")


class UnexplainedLeft(Refused):
    code = "unexplained_differences"
    message = _("Há diferenças sem explicação. Resolva cada uma antes de passar a cobrar aqui.")


class NoComparison(Refused):
    code = "no_comparison"
    message = _("Compare primeiro com uma cópia mais nova: é ela que diz se os valores batem.")
