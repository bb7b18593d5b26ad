"""What can be said of a transfer, in the language of whoever reads it."""

from collections.abc import Mapping

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.transfers.types import Code, Said
from alicerce.kernel.brazil import display_domains

WORDS: Mapping[Code, Promise] = {
    Code.REQUESTED: _("Migração pedida."),
    Code.CORRECTED: _("Novo exame pedido."),
    Code.LOOKING: _("Perguntando à origem."),
    Code.REACHED: _("A origem respondeu: WHM %(version)s."),
    Code.ACCOUNT_SEEN: _("Conta encontrada: %(domain)s, plano %(plan)s, %(used)s em disco."),
    Code.DOMAINS_SEEN: _("Domínios na conta: %(count)s."),
    Code.COMPARED: _("Origem e destino comparados."),
    Code.SOURCE_AWAY: _(
        "Não foi possível falar com a origem. Perguntamos de novo sozinhos: "
        "confira se ela está ligada e se aceita conexões nossas."
    ),
    Code.SOURCE_SILENT: _("A origem não terminou de responder. Perguntamos de novo sozinhos."),
    Code.DESTINATION_AWAY: _(
        "O servidor de destino não respondeu à comparação. Perguntamos de novo sozinhos."
    ),
    Code.GAVE_UP: _("Não houve resposta depois da última tentativa. A equipe foi avisada."),
    Code.READY: _("Pronta: nada impede a migração. A equipe foi avisada."),
    Code.BLOCKED: _("Bloqueada: corrija o que impede e peça um novo exame."),
    Code.MOVING: _("A equipe começou a mover a conta."),
    Code.DONE: _("Migração concluída."),
    Code.CANCELED: _("Migração cancelada."),
    Code.FORGOTTEN: _("O token da origem foi destruído depois de 14 dias."),
    Code.DENIED: _(
        "A origem recusou o token: confira o usuário dono dele, se ainda vale, "
        "se pode listar contas e se aceita o nosso endereço."
    ),
    Code.NOT_TRUSTED: _(
        "O certificado da origem não prova que ela é quem diz ser: "
        "use o nome que está no certificado, ou cole o certificado dela."
    ),
    Code.ADDRESS_INSIDE: _(
        "O nome da origem leva a um endereço que não é da internet pública."
    ),
    Code.SOURCE_REFUSED: _("A origem recusou a consulta. O que ela disse está no registro."),
    Code.NO_ACCOUNT: _("A origem não tem uma conta %(name)s, ou este token não pode vê-la."),
    Code.SOURCE_SUSPENDED: _("A conta está suspensa na origem: regularize-a lá antes."),
    Code.ALREADY_HERE: _("A origem é a própria conta de destino."),
    Code.DESTINATION_MISSING: _("A conta de destino %(name)s não aparece no servidor dela."),
    Code.DISK_TOO_SMALL: _(
        "Não cabe: a conta ocupa %(used)s e o plano de destino permite %(limit)s."
    ),
    Code.DOMAIN_OF_ANOTHER: _("Já pertence a outro serviço desta empresa: %(domains)s."),
    Code.DOMAIN_DIFFERS: _(
        "O domínio principal na origem é %(source)s, e o do serviço é %(destination)s."
    ),
    Code.USERNAME_TAKEN: _(
        "O servidor de destino tem outra conta chamada %(name)s: mova com outro nome."
    ),
    Code.MORE_DOMAINS: _("Domínios a mais na conta (%(count)s): %(domains)s."),
    Code.DOMAINS_UNTOLD: _(
        "O token não permite listar os domínios adicionais: confira-os na origem."
    ),
    Code.DISK_UNTOLD: _(
        "A origem não diz quanto espaço a conta ocupa: confira-o antes de mover."
    ),
}
SIZES = ("used", "limit")


def words(said: Said) -> str:
    shown = {
        name: filesizeformat(value) if name in SIZES else value
        for name, value in said.values.items()
    }
    return display_domains(str(WORDS[said.code]) % shown)
