"""What a provider asks of the owner of an account, in words. Its codes are many; what they mean is little."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.billing.types.connecting import EndedBy, MerchantState, MerchantView

ENDS: dict[str, str | Promise] = {
    "verification.document": gettext_lazy("Foto de um documento de identidade"),
    "verification.additional_document": gettext_lazy("Um segundo documento"),
}
BEGINNINGS: dict[str, str | Promise] = {
    "external_account": gettext_lazy("A conta bancária que recebe os repasses"),
    "business_profile": gettext_lazy("O que a empresa vende e o endereço do site"),
    "business_type": gettext_lazy("Se é pessoa física ou jurídica"),
    "company": gettext_lazy("Dados da empresa, como CNPJ e endereço"),
    "individual": gettext_lazy("Dados pessoais do titular, como CPF e nascimento"),
    "representative": gettext_lazy("Dados de quem representa a empresa"),
    "owners": gettext_lazy("Dados dos sócios"),
    "directors": gettext_lazy("Dados dos administradores"),
    "person_": gettext_lazy("Dados de um sócio ou representante"),
    "tos_acceptance": gettext_lazy("O aceite dos termos da Stripe"),
    "settings": gettext_lazy("Como a empresa aparece na fatura do cartão"),
    "documents": gettext_lazy("Documentos da empresa"),
    "interv_": gettext_lazy("Uma resposta à análise da Stripe"),
}
REASONS: dict[str, str | Promise] = {
    "requirements.past_due": gettext_lazy("faltam dados"),
    "requirements.pending_verification": gettext_lazy("a Stripe está conferindo os dados"),
    "action_required.requested_capabilities": gettext_lazy("falta pedir o uso de cartões"),
    "under_review": gettext_lazy("a Stripe está analisando a conta"),
    "listed": gettext_lazy("a Stripe está comparando a conta com listas de sanções"),
    "platform_paused": gettext_lazy("a conta está pausada"),
    "rejected.fraud": gettext_lazy("a Stripe recusou a conta por suspeita de fraude"),
    "rejected.terms_of_service": gettext_lazy("a Stripe recusou a conta pelos seus termos"),
    "rejected.listed": gettext_lazy("a Stripe recusou a conta por listas de sanções"),
    "rejected.other": gettext_lazy("a Stripe recusou a conta"),
}


def due_words(codes: Sequence[str]) -> list[str]:
    """Each thing once, in the order in which it was asked."""
    return list(dict.fromkeys(_due(code) for code in codes))


def reason_words(code: str) -> str:
    if not code:
        return ""
    return str(REASONS.get(code) or _("a Stripe diz: %(code)s") % {"code": code})


def state_sentence(found: MerchantView) -> str:
    if found.state == MerchantState.ENABLED:
        return _receiving(found)
    if found.ended_by == EndedBy.OWNER:
        return _(
            "A Stripe não nos dá mais acesso à conta: quem é dono dela o tirou, ou a Stripe a fechou. "
            "Nenhuma cobrança nova é feita por ela."
        )
    if found.state == MerchantState.DISCONNECTED:
        return _("A conta foi desligada: nenhuma cobrança nova é feita por ela.")
    if found.state == MerchantState.PENDING:
        return _("O cadastro na Stripe ainda não foi concluído.")
    why = reason_words(found.disabled_reason)
    if not why:
        return _("A Stripe não deixa a conta cobrar por enquanto.")
    return _("A Stripe não deixa a conta cobrar por enquanto: %(why)s.") % {"why": why}


def _receiving(found: MerchantView) -> str:
    if found.can_pay_out:
        return _("A conta recebe pagamentos.")
    return _(
        "A conta recebe pagamentos, mas a Stripe não os repassa ao banco por enquanto: "
        "o dinheiro fica guardado nela."
    )


def _due(code: str) -> str:
    found = [words for end, words in ENDS.items() if code.endswith(end)]
    found += [words for beginning, words in BEGINNINGS.items() if code.startswith(beginning)]
    return str(found[0]) if found else _("Outro dado (%(code)s)") % {"code": code}
