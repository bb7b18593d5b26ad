"""What fiscal refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchDocument(Refused):
    code = "no_such_fiscal_document"
    status = 404
    message = _("Nota fiscal não encontrada.")


class NoSuchTask(Refused):
    code = "no_such_fiscal_task"
    status = 404
    message = _("Pendência não encontrada.")


class NoIssuer(Refused):
    code = "no_fiscal_issuer"
    message = _("Falta configurar o emissor de notas, com o certificado.")


class NothingToDeclare(Refused):
    code = "nothing_to_declare"
    message = _("Nesta fatura não há serviço para uma nota.")


class DocumentNotSo(Refused):
    code = "fiscal_document_not_so"
    message = _("A nota não está em um estado em que isto se faz.")


class IssuerNotSound(Refused):
    code = "fiscal_issuer_not_sound"
    status = 422
    message = _("Os dados do emissor não fazem sentido assim. Revise e tente de novo.")


class CertificateRefused(Refused):
    code = "certificate_refused"
    status = 422
    message = _("O certificado não abre com esta senha, ou não tem uma chave RSA.")


class CertificateExpired(Refused):
    code = "certificate_expired"
    status = 422
    message = _("Este certificado já venceu.")


class CertificateOfAnother(Refused):
    code = "certificate_of_another"
    status = 422
    message = _("Este certificado é de outro CNPJ.")
