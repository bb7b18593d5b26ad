"""What people read of tax documents."""

from django.utils.translation import gettext_lazy as _

from alicerce.apps.fiscal.types import CancelCode, Environment, FiscalStatus, Flaw, IssueWhen
from alicerce.ui.component import Words
from alicerce.ui.status import Status, Statuses

STATUS: Statuses = {
    FiscalStatus.QUEUED: Status("info", _("Na fila"), live=True),
    FiscalStatus.SENT: Status("info", _("Enviada"), live=True),
    FiscalStatus.AUTHORIZED: Status("ok", _("Autorizada")),
    FiscalStatus.REJECTED: Status("bad", _("Recusada")),
    FiscalStatus.CANCEL_REQUESTED: Status("warn", _("Cancelamento pedido"), live=True),
    FiscalStatus.CANCELLED: Status("", _("Cancelada")),
    FiscalStatus.SUBSTITUTED: Status("", _("Substituída")),
}
FLAWS: dict[str, Words] = {
    Flaw.NOTHING: _("Não sobrou nada a declarar nesta fatura."),
    Flaw.SERVICE: _("Falta o código de serviço, ou a fatura tem mais de um."),
    Flaw.TAKER: _("O cliente não tem CPF nem CNPJ no cadastro."),
    Flaw.ADDRESS: _(
        "Com ISS retido, o cliente precisa do endereço de cobrança e do município."
    ),
}
WHEN: dict[IssueWhen, Words] = {
    IssueWhen.BY_HAND: _("Só quando alguém pedir"),
    IssueWhen.ISSUED: _("Quando a fatura é emitida"),
    IssueWhen.PAID: _("Quando a fatura é paga"),
}
ENVIRONMENTS: dict[Environment, Words] = {
    Environment.RESTRICTED: _("Produção restrita: testes, sem valor fiscal"),
    Environment.PRODUCTION: _("Produção"),
}
SIMPLES: dict[str, Words] = {
    "1": _("Não optante"),
    "2": _("MEI"),
    "3": _("ME ou EPP"),
}
REGIMES: dict[str, Words] = {
    "": _("Não se aplica"),
    "1": _("Tributos federais e ISS pelo Simples"),
    "2": _("Federais pelo Simples, ISS por fora"),
    "3": _("Federais e ISS por fora do Simples"),
}
CANCEL_CODES: dict[CancelCode, Words] = {
    CancelCode.MISTAKE: _("Erro na emissão"),
    CancelCode.NOT_DONE: _("Serviço não prestado"),
    CancelCode.OTHER: _("Outro"),
}
