"""What was done about taxes and their documents, in the words of who reads it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TAXES: Mapping[str, Promise] = {
    "fiscal.cancel_approved": _("Cancelamento de nota fiscal confirmado"),
    "fiscal.cancellation_asked": _("Cancelamento de nota fiscal pedido"),
    "fiscal.cancellation_refused": _("Cancelamento de nota fiscal recusado"),
    "fiscal.certificate_approved": _("Troca do certificado do emissor confirmada"),
    "fiscal.certificate_kept": _("Certificado do emissor guardado"),
    "fiscal.document_authorized": _("Nota fiscal autorizada"),
    "fiscal.document_cancelled": _("Nota fiscal cancelada"),
    "fiscal.document_queued": _("Nota fiscal na fila"),
    "fiscal.document_rejected": _("Nota fiscal recusada"),
    "fiscal.document_substituted": _("Nota fiscal substituída"),
    "fiscal.issuer_approved": _("Alteração do emissor de notas confirmada"),
    "issuer.added": _("Emissor criado"),
    "issuer.changed": _("Emissor alterado"),
    "issuer.chosen": _("Emissor de um cliente escolhido"),
    "issuer.made_default": _("Emissor padrão trocado"),
    "issuer.restored": _("Emissor em uso de novo"),
    "issuer.retired": _("Emissor aposentado"),
    "issuer.series_begun": _("Começo da numeração escolhido"),
    "fiscal.issuer_saved": _("Emissor de notas alterado"),
    "fiscal.substitute_approved": _("Substituição de nota fiscal confirmada"),
    "fiscal.task_dismissed": _("Nota fiscal deixada como está"),
    "meter.retire_approved": _("Encerramento de medidor confirmado"),
    "tax.add_approved": _("Criação de imposto confirmada"),
    "tax.added": _("Imposto criado"),
    "tax.customer_placed": _("Município do cliente alterado"),
    "tax.end_approved": _("Fim de imposto confirmado"),
    "tax.ended": _("Imposto encerrado"),
    "tax.exempted": _("Cliente isento de imposto"),
    "tax.exemption_ended": _("Isenção de imposto encerrada"),
    "tax.service_named": _("Códigos de serviço do plano alterados"),
}
