"""What the codes of disputes are called, for people."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.disputes.types import (
    AnswerKind,
    AnswerState,
    DisputeKind,
    DisputeStatus,
    ServicePolicy,
)
from alicerce.ui.status import Status, Statuses

Words = str | Promise

STATUSES: Statuses = {
    DisputeStatus.EARLY_WARNING: Status("warn", _("Aviso antecipado")),
    DisputeStatus.NEEDS_RESPONSE: Status("bad", _("Responder")),
    DisputeStatus.UNDER_REVIEW: Status("info", _("Em análise")),
    DisputeStatus.PREVENTED: Status("ok", _("Evitada")),
    DisputeStatus.LOST: Status("bad", _("Perdida")),
    DisputeStatus.ACCEPTED: Status("", _("Aceita")),
    DisputeStatus.WON: Status("ok", _("Ganha")),
}
KINDS: Mapping[str, Words] = {
    DisputeKind.CARD: _("Cartão"),
    DisputeKind.MED: _("Pix (MED)"),
}
REASONS: Mapping[str, Words] = {
    "bank_cannot_process": _("O banco não pôde processar"),
    "credit_not_processed": _("Devolução prometida e não feita"),
    "customer_initiated": _("Iniciada pelo cliente"),
    "duplicate": _("Cobrança em dobro"),
    "fraudulent": _("Não reconhece a compra (fraude)"),
    "general": _("Sem motivo dito"),
    "incorrect_account_details": _("Dados da conta errados"),
    "insufficient_funds": _("Saldo insuficiente"),
    "noncompliant": _("Fora das regras da bandeira"),
    "product_not_received": _("Diz que não recebeu"),
    "product_unacceptable": _("Diz que não é o combinado"),
    "subscription_canceled": _("Diz que tinha cancelado"),
    "unrecognized": _("Não reconhece a compra"),
    "med_fraud": _("Suspeita de fraude"),
    "med_mistake": _("Falha operacional do banco"),
}
MED_REASONS = ("med_fraud", "med_mistake")
ANSWERS: Mapping[str, Words] = {
    AnswerKind.EVIDENCE: _("Provas"),
    AnswerKind.ACCEPTANCE: _("Aceitação"),
}
STATES: Statuses = {
    AnswerState.CREATED: Status("info", _("A caminho"), live=True),
    AnswerState.REQUESTED: Status("info", _("A caminho"), live=True),
    AnswerState.UNKNOWN: Status("warn", _("Conferindo"), live=True),
    AnswerState.DONE: Status("ok", _("Chegou ao banco")),
    AnswerState.REFUSED: Status("bad", _("Recusada")),
}
POLICIES: Mapping[str, Words] = {
    ServicePolicy.KEEP: _("Manter no ar enquanto se decide"),
    ServicePolicy.SUSPEND: _("Suspender até a decisão"),
}
FIELDS: Mapping[str, Any] = {
    "product_description": _("O que foi vendido"),
    "customer_name": _("Nome do cliente"),
    "customer_email_address": _("E-mail do cliente"),
    "customer_purchase_ip": _("Endereço IP da compra"),
    "billing_address": _("Endereço de cobrança"),
    "service_date": _("Quando foi entregue"),
    "access_activity_log": _("Acessos e atividade"),
    "refund_policy_disclosure": _("Como a política de devolução foi mostrada"),
    "refund_refusal_explanation": _("Por que não cabe devolução"),
    "cancellation_policy_disclosure": _("Como a política de cancelamento foi mostrada"),
    "cancellation_rebuttal": _("Por que não estava cancelado"),
    "duplicate_charge_explanation": _("Por que não é cobrança em dobro"),
    "uncategorized_text": _("O que mais pesa a favor"),
}


def reason_words(reason: str) -> Words:
    """Its own code where it has no other words."""
    return REASONS.get(reason, reason)
