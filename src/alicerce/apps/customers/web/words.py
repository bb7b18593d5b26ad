"""The words of customers as people read them."""

from django.utils.translation import gettext_lazy as _

from alicerce.apps.customers.types import (
    AddressKind,
    ContactRole,
    CustomerKind,
    CustomerRole,
    CustomerStatus,
    Exchange,
)
from alicerce.apps.customers.types.rounds import LeftOut
from alicerce.ui.component import Words
from alicerce.ui.status import Status, Statuses

STATUS: Statuses = {
    CustomerStatus.ACTIVE: Status("ok", _("Ativo")),
    CustomerStatus.BLOCKED: Status("warn", _("Bloqueado")),
    CustomerStatus.CLOSED: Status("", _("Encerrado")),
}
KIND: dict[str, Words] = {
    CustomerKind.PERSON: _("Pessoa física"),
    CustomerKind.COMPANY: _("Empresa"),
}
ROLE: dict[str, Words] = {
    CustomerRole.OWNER: _("Responsável pela conta"),
    CustomerRole.BILLING: _("Financeiro"),
    CustomerRole.TECHNICAL: _("Técnico"),
}
ADDRESS: dict[str, Words] = {
    AddressKind.BILLING: _("Cobrança"),
    AddressKind.OTHER: _("Outro"),
}
CONTACT: dict[str, Words] = {
    ContactRole.DECISION: _("Decisão"),
    ContactRole.BILLING: _("Financeiro"),
    ContactRole.TECHNICAL: _("Técnico"),
    ContactRole.OTHER: _("Outro"),
}
FIELDS: dict[str, Words] = {
    "name": _("Nome"),
    "email": _("E-mail"),
    "document": _("CPF ou CNPJ"),
    "phone": _("Telefone"),
    "trade_name": _("Nome fantasia"),
    "external_reference": _("Código externo"),
    "state_registration": _("Inscrição estadual"),
    "city_registration": _("Inscrição municipal"),
    "tier": _("Nível"),
    "tags": _("Etiquetas"),
}
FAULTS: dict[str, Words] = {
    "required": _("Falta preencher."),
    "too_long": _("É longo demais."),
    "bad_email": _("Não é um e-mail."),
    "bad_document": _("O CPF ou CNPJ não confere."),
    "limit_reached": _("O limite de clientes dos produtos da empresa foi atingido."),
    "unknown_tier": _("Este nível não existe. Crie antes de importar."),
    "bad_value": _("Este valor não serve."),
    "repeated": _("É o mesmo da linha %(line)s."),
}
EXCHANGE: Statuses = {
    Exchange.WAITING: Status("warn", _("Esperando você")),
    Exchange.RUNNING: Status("info", _("Em andamento"), live=True),
    Exchange.DONE: Status("ok", _("Concluída")),
    Exchange.CANCELED: Status("", _("Cancelada")),
    Exchange.FAILED: Status("bad", _("Parou")),
}
ROUND: Statuses = {
    Exchange.RUNNING: Status("info", _("Em andamento"), live=True),
    Exchange.DONE: Status("ok", _("Concluído")),
    Exchange.CANCELED: Status("", _("Parado")),
    Exchange.FAILED: Status("bad", _("Parou")),
}
LEFT_OUT: dict[str, Words] = {
    LeftOut.CLOSED: _("Cliente encerrado"),
    LeftOut.NO_EMAIL: _("Sem e-mail"),
    LeftOut.HAS_ACCESS: _("Já tem acesso"),
    LeftOut.INVITED: _("Tem convite aberto"),
    LeftOut.SAME_MAILBOX: _("Mesmo e-mail de outro cliente desta lista"),
}
