"""What one may do with services and the servers they live on."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.permissions import Permission

READ = Permission("services:read", _("Ver serviços e ativações"))
ANNOTATE = Permission("services:annotate", _("Guardar dados de integrações em serviços"))
OPERATE = Permission("services:operate", _("Repetir, suspender e operar serviços"))
REMOVE = Permission("services:remove", _("Remover contas do servidor, para sempre"))
READ_SERVERS = Permission("servers:read", _("Ver servidores"))
WRITE_SERVERS = Permission("servers:write", _("Adicionar e mudar servidores"))
