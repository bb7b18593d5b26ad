"""What the trail is about, in words; and which field names which thing."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UrlOf = Callable[[str, UUID, UUID], str]
"""The page of a thing, by its kind, its id and its company; nothing where it has none."""

THINGS: Mapping[str, Promise] = {
    "api_key": _("Chave da API"),
    "application": _("Aplicativo"),
    "bank_account": _("Conta bancária"),
    "bank_line": _("Linha do extrato"),
    "billing_account": _("Conta de cobrança"),
    "billing_run": _("Faturamento"),
    "billing_terms": _("Regras de cobrança"),
    "charge": _("Cobrança"),
    "company": _("Empresa"),
    "consent": _("Autorização de acesso"),
    "correction": _("Correção pedida"),
    "coupon": _("Cupom"),
    "customer": _("Cliente"),
    "customer_export": _("Exportação de clientes"),
    "customer_import": _("Importação de clientes"),
    "customer_view": _("Lista guardada"),
    "difference": _("Diferença"),
    "dispute": _("Disputa"),
    "endpoint": _("Webhook"),
    "fiscal_document": _("Nota fiscal"),
    "fiscal_issuer": _("Emissor de notas"),
    "forecast": _("Previsão"),
    "gateway": _("Conta de pagamento"),
    "host_name": _("Endereço próprio"),
    "hosting_policy": _("Regras da hospedagem"),
    "installation": _("Instalação de aplicativo"),
    "invitation": _("Convite"),
    "invitation_round": _("Rodada de convites"),
    "invoice": _("Fatura"),
    "issuer": _("Emissor"),
    "job": _("Tarefa"),
    "ladder": _("Régua"),
    "membership": _("Membro da equipe"),
    "merchant": _("Conta conectada"),
    "message": _("Mensagem"),
    "order": _("Pedido"),
    "payment": _("Pagamento"),
    "payout": _("Repasse"),
    "person": _("Pessoa"),
    "plan": _("Plano"),
    "price": _("Preço"),
    "price_move": _("Reajuste"),
    "privacy_request": _("Pedido de privacidade"),
    "product": _("Produto"),
    "provisioning_run": _("Ativação"),
    "role": _("Papel"),
    "server": _("Servidor"),
    "service": _("Serviço"),
    "subject": _("Titular dos dados"),
    "subscription": _("Assinatura"),
    "switch": _("Troca de sistema"),
    "switching_import": _("Importação de outro sistema"),
    "switching_shadow": _("Comparação"),
    "tax": _("Imposto"),
    "tenant": _("Empresa"),
    "terms": _("Termos de venda"),
    "ticket": _("Chamado"),
    "tier": _("Nível"),
    "transfer": _("Migração"),
    "user": _("Pessoa"),
    "zone": _("Zona de DNS"),
}
NAMED_BY: Mapping[str, str] = {
    "company_id": "tenant",
    "customer_id": "customer",
    "endpoint_id": "endpoint",
    "invoice_id": "invoice",
    "order_id": "order",
    "payout_id": "payout",
    "plan_id": "plan",
    "replaced_by": "api_key",
    "run": "provisioning_run",
    "shadow_id": "switching_shadow",
    "subscription_id": "subscription",
    "tenant_id": "tenant",
}
PEOPLE = frozenset({"actor_id", "owner_id", "user_id"})


def thing_words(entity: str) -> str:
    """What nobody has worded yet is told by its code, and fails a test."""
    return str(THINGS.get(entity, entity))


def uuid_in(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) in {32, 36} else None
    except ValueError:
        return None


def short(key: UUID) -> str:
    """Enough to tell one from another; nobody reads the rest."""
    return f"…{str(key)[-6:]}"
