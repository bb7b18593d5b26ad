"""What was done about disputes, in the words of who reads the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DISPUTES: Mapping[str, Promise] = {
    "dispute.acceptance_approved": _("Aceitação de disputa confirmada"),
    "dispute.acceptance_begun": _("Disputa aceita"),
    "dispute.answer_arrived": _("Resposta a disputa recebida pelo provedor"),
    "dispute.answer_refused": _("Resposta a disputa recusada pelo provedor"),
    "dispute.draft_saved": _("Provas de disputa guardadas"),
    "dispute.evidence_approved": _("Envio de provas confirmado"),
    "dispute.evidence_begun": _("Provas de disputa enviadas"),
    "dispute.lost": _("Disputa perdida"),
    "dispute.opened": _("Pagamento contestado"),
    "dispute.med_approved": _("Registro de MED confirmado"),
    "dispute.return_approved": _("Registro de devolução por MED confirmado"),
    "dispute.updated": _("Disputa andou"),
    "dispute.won": _("Disputa ganha"),
    "disputes.policy_changed": _("Serviços em disputa: escolha mudada"),
    "payment.charged_back": _("Pagamento perdido em disputa"),
    "payment.dispute_won": _("Pagamento de volta de uma disputa"),
    "payment.disputed": _("Pagamento em disputa"),
}
