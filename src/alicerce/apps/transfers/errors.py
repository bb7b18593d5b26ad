"""What transfers refuse."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class TransferAlreadyOpen(Refused):
    code = "migration_already_open"
    message: ClassVar[str | Promise] = _(
        "Este serviço já tem uma migração em andamento: conclua ou cancele a que existe."
    )


class SourceNotAllowed(Refused):
    code = "source_not_allowed"
    status = 422
    message: ClassVar[str | Promise] = _(
        "Informe o nome ou IP público do servidor de origem, na porta 2087 ou 443."
    )


class BadSourceCertificate(Refused):
    code = "bad_source_certificate"
    status = 422
    message: ClassVar[str | Promise] = _("Cole o certificado da origem no formato PEM.")


class TokenNeeded(Refused):
    code = "source_token_needed"
    status = 422
    message: ClassVar[str | Promise] = _(
        "Informe o token da origem: o anterior foi destruído, ou valia para outro servidor."
    )


class TransferStillExamined(Refused):
    code = "migration_still_examined"
    message: ClassVar[str | Promise] = _("O exame da origem ainda não terminou.")


class TransferIsMoving(Refused):
    code = "migration_is_moving"
    message: ClassVar[str | Promise] = _(
        "A conta já está sendo movida: fale com a equipe antes de mudar algo."
    )


class TransferIsOver(Refused):
    code = "migration_is_over"
    message: ClassVar[str | Promise] = _("Esta migração já terminou.")


class TransferNotReady(Refused):
    code = "migration_not_ready"
    message: ClassVar[str | Promise] = _("Só se move o que foi examinado e está pronto.")


class TransferNotMoving(Refused):
    code = "migration_not_moving"
    message: ClassVar[str | Promise] = _("Só se conclui uma migração que está sendo movida.")
