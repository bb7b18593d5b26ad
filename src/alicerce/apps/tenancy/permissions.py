"""What one may be allowed to do in the company's workspace, and in the operator's panel."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

WORKSPACE = Permission("workspace:enter", _("Entrar no espaço da empresa"))
MEMBERS_READ = Permission("members:read", _("Ver a equipe e o que cada um fez"))
MEMBERS_WRITE = Permission("members:write", _("Convidar, mudar o papel e remover pessoas"))
ROLES_WRITE = Permission("roles:write", _("Criar e mudar papéis"))
COMPANY_WRITE = Permission("company:write", _("Mudar os dados e produtos da empresa"))
OPERATE = Permission("platform:operate", _("Operar a plataforma"))
COMPANIES_READ = Permission("companies:read", _("Ver todas as empresas e quem paga por elas"))
COMPANIES_WRITE = Permission(
    "companies:write", _("Suspender empresas e contas de cobrança, mudar limites e quem paga")
)
