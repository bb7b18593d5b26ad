"""What roles, products and payment are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.tenancy.types import LimitKey, ProductKey, RoleKey

ROLES: Mapping[RoleKey, Promise] = {
    RoleKey.OWNER: _("Titular"),
    RoleKey.ADMIN: _("Administração"),
    RoleKey.FINANCE: _("Financeiro"),
    RoleKey.SUPPORT: _("Atendimento"),
    RoleKey.SALES: _("Vendas"),
    RoleKey.DEVELOPER: _("Desenvolvimento"),
    RoleKey.READ_ONLY: _("Somente leitura"),
    RoleKey.OPERATOR: _("Operação"),
    RoleKey.OPERATOR_FINANCE: _("Operação: financeiro"),
    RoleKey.OPERATOR_SUPPORT: _("Operação: atendimento"),
}
PRODUCTS: Mapping[ProductKey, tuple[Promise, Promise]] = {
    ProductKey.HOSTING: (_("Hospedagem"), _("Contas, servidores, domínios e ativações.")),
    ProductKey.AGENCY: (_("Agência"), _("Projetos, campanhas e relatórios de clientes.")),
    ProductKey.CRM: (_("CRM"), _("Conversas, contatos e negócios.")),
    ProductKey.BI: (_("BI"), _("Indicadores e painéis.")),
    ProductKey.AUTOMATION: (_("Automação"), _("Fluxos entre os produtos e outros sistemas.")),
}
LIMITS: Mapping[LimitKey, Promise] = {
    LimitKey.MEMBERS: _("Pessoas na equipe"),
    LimitKey.CUSTOMERS: _("Clientes"),
    LimitKey.API_KEYS: _("Chaves da API em uso"),
}


def role_words(key: RoleKey) -> str:
    return str(ROLES[key])
