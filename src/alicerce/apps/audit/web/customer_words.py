"""What was done about customers, in the words of who reads it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OF_CUSTOMERS: Mapping[str, Promise] = {
    "customer.address_added": _("Endereço acrescentado"),
    "customer.address_removed": _("Endereço removido"),
    "customer.blocked": _("Cliente bloqueado"),
    "customer.closed": _("Cliente encerrado"),
    "customer.contact_added": _("Contato acrescentado"),
    "customer.contact_removed": _("Contato removido"),
    "customer.created": _("Cliente cadastrado"),
    "customer.invitation_revoked": _("Convite para a área do cliente cancelado"),
    "customer.invited": _("Pessoa convidada para a área do cliente"),
    "customer.note_added": _("Anotação feita"),
    "customer.person_added": _("Pessoa passou a acessar a área do cliente"),
    "customer.person_removed": _("Pessoa perdeu o acesso à área do cliente"),
    "customer.reopened": _("Cliente reaberto"),
    "customer.role_changed": _("Papel de uma pessoa do cliente mudou"),
    "customer.unblocked": _("Cliente desbloqueado"),
    "customer.updated": _("Dados do cliente alterados"),
    "customer_export.downloaded": _("Lista de clientes baixada"),
    "customer_export.failed": _("Exportação de clientes falhou"),
    "customer_export.finished": _("Exportação de clientes terminou"),
    "customer_export.requested": _("Exportação de clientes pedida"),
    "customer_import.canceled": _("Importação de clientes cancelada"),
    "customer_import.failed": _("Importação de clientes falhou"),
    "customer_import.finished": _("Importação de clientes terminou"),
    "customer_import.started": _("Importação de clientes iniciada"),
    "customer_import.uploaded": _("Arquivo de clientes enviado"),
    "invitation_round.canceled": _("Envio de convites a clientes parado"),
    "invitation_round.failed": _("Envio de convites a clientes falhou"),
    "invitation_round.finished": _("Envio de convites a clientes terminou"),
    "invitation_round.started": _("Envio de convites a clientes iniciado"),
    "customer_view.removed": _("Lista salva apagada"),
    "customer_view.saved": _("Lista salva"),
    "customers.round_approved": _("Envio de convites a clientes confirmado"),
    "customers.export_approved": _("Exportação de clientes confirmada"),
    "customers.file_approved": _("Exportação de clientes confirmada"),
}
