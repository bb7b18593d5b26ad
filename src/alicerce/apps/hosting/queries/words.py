"""What happened to an activation or a server, in the language of whoever reads it."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.hosting.types import Answer, Remark, RunKind, Said
from alicerce.kernel.brazil import display_domains

WORDS: dict[Remark, Promise] = {
    Remark.SERVER_CHOSEN: _("Servidor %(server)s escolhido."),
    Remark.NO_ROOM: _(
        "Nenhum servidor da região tem vaga para uma conta nova. "
        "Abra um servidor a novas contas ou cadastre outro."
    ),
    Remark.SERVERS_RESTING: _(
        "Os servidores da região estão em pausa. Continua assim que um deles voltar."
    ),
    Remark.NO_LICENCE_ANSWER: _(
        "Nenhum servidor com vaga respondeu à consulta de licença. "
        "Confira a conexão deles na página de servidores."
    ),
    Remark.SEAT_TAKEN: _("A última vaga foi ocupada. Escolhendo outro servidor."),
    Remark.USERNAME_RESERVED: _("Usuário %(name)s reservado."),
    Remark.NO_USERNAME: _("Não há nome de usuário livre para o domínio."),
    Remark.ACCOUNT_CREATED: _("Conta %(name)s criada com o plano %(package)s."),
    Remark.ACCOUNT_FOUND: _("Conta %(name)s no ar no servidor."),
    Remark.ACCOUNT_NOT_SHOWN: _(
        "O servidor ainda não mostra a conta pedida. Perguntando de novo antes de repetir."
    ),
    Remark.ACCOUNT_HALF_MADE: _(
        "O servidor diz que %(name)s já existe, mas não mostra a conta: ficou criada pela metade. "
        "Remova no WHM o que sobrou dela e tente de novo."
    ),
    Remark.ACCOUNT_REFUSED: _(
        "O servidor recusou a conta. Veja no registro o que ele disse, corrija no WHM e tente de novo."
    ),
    Remark.USERNAME_OF_OTHER: _(
        "O nome %(name)s já é de outra conta do servidor. Escolhendo outro nome."
    ),
    Remark.USERNAME_REFUSED: _("O servidor não aceita o nome %(name)s. Escolhendo outro nome."),
    Remark.DOMAIN_OF_OTHER: _(
        "O domínio %(domain)s já pertence a outra conta do servidor. "
        "Confira no WHM de quem é antes de tentar de novo."
    ),
    Remark.LICENCE_SPENT: _(
        "A licença do servidor não permite mais contas. Escolhendo outro servidor."
    ),
    Remark.TAKEN_OVER: _("Outro processo assumiu este passo."),
    Remark.ZONE_READY: _("Zona %(domain)s conferida. Alterações: %(changes)s."),
    Remark.CERTIFICATE_ASKED: _("Verificação de certificado iniciada (processo %(process)s)."),
    Remark.LIVE: _("Serviço no ar. E-mail de boas-vindas a caminho."),
    Remark.NOT_ALLOWED: _(
        "O que esta etapa precisa não é permitido. O motivo está no registro."
    ),
    Remark.PANEL_REFUSED: _(
        "O servidor recusou o pedido. Veja no registro o que ele disse e corrija no WHM."
    ),
    Remark.PANEL_AWAY: _(
        "Não foi possível falar com o servidor. "
        "Confira se ele está ligado e se o endereço do WHM está certo."
    ),
    Remark.PANEL_SILENT: _(
        "O servidor parou de responder no meio do pedido. "
        "Antes de repetir, perguntamos a ele o que já foi feito."
    ),
    Remark.SERVER_RESTING: _("O servidor está em pausa. Continua assim que ele voltar."),
    Remark.IN_LINE: _("Aguardando a vez no servidor."),
    Remark.CRASHED: _("O processo que executava este passo parou no meio. Retomando."),
    Remark.CRASHED_TOO_OFTEN: _(
        "O processo que executava este passo parou vezes demais. "
        "Tente de novo; se repetir, veja o registro dos processos."
    ),
    Remark.ALREADY_SO: _("A conta %(name)s já estava assim no servidor."),
    Remark.SUSPENDED: _("Conta %(name)s suspensa no servidor."),
    Remark.RESUMED: _("Conta %(name)s reativada no servidor."),
    Remark.PACKAGE_CHANGED: _("Conta %(name)s passada ao pacote %(package)s."),
    Remark.REMOVED: _("Conta %(name)s removida do servidor."),
    Remark.CONFIRMED: _("O servidor confirma."),
    Remark.NOT_CONFIRMED: _(
        "O servidor disse que fez, mas não mostra a mudança. Pedindo de novo."
    ),
    Remark.NOT_SETTLED: _(
        "Um pedido anterior ficou sem resposta e ainda pode acontecer. Olhando de novo."
    ),
    Remark.CHANGE_NOT_SHOWN: _(
        "O servidor ainda não mostra a mudança. Perguntando de novo antes de repetir."
    ),
    Remark.CHANGE_REFUSED: _(
        "O servidor recusou a mudança. Veja no registro o que ele disse, corrija no WHM e tente de novo."
    ),
    Remark.ACCOUNT_MISSING: _(
        "O servidor não tem a conta %(name)s. Confira no WHM o que houve com ela."
    ),
    Remark.ACCOUNT_OF_OTHER: _(
        "A conta %(name)s do servidor é de %(theirs)s, e não de %(domain)s. "
        "Nada foi mudado nela: confira no WHM."
    ),
    Remark.NO_PACKAGE: _(
        "O servidor não tem o pacote %(package)s. Crie-o no WHM e tente de novo."
    ),
    Remark.TOO_SMALL: _(
        "A conta usa %(used)s MB e o pacote %(package)s só permite %(room)s MB. "
        "Nada foi mudado: combine com o cliente o que apagar e tente de novo."
    ),
    Remark.TOLD: _("Estado do serviço atualizado."),
    Remark.OVERRULED: _("Outra coisa foi pedida depois: nada mais a fazer aqui."),
    Remark.OUR_FAULT: _(
        "Um erro nosso interrompeu a etapa. "
        "Tente de novo; se repetir, leve o registro a quem mantém o sistema."
    ),
}

NO_CONNECTION: dict[str, Promise] = {
    Answer.REFUSED: _(
        "O servidor respondeu, mas recusou. Confira no WHM o usuário, o token e o que ele pode."
    ),
    Answer.UNAVAILABLE: _(
        "Não foi possível falar com o servidor. "
        "Confira se ele está ligado, se o endereço está certo e se a porta está aberta para nós."
    ),
    Answer.UNKNOWN: _(
        "O servidor começou a responder e parou. Confira se o WHM está bem e teste de novo."
    ),
    "": _("O servidor não respondeu como se espera. Confira o WHM e teste de novo."),
}


OPERATIONS: dict[RunKind, Promise] = {
    RunKind.PROVISION: _("Ativação"),
    RunKind.SUSPEND: _("Suspensão"),
    RunKind.RESUME: _("Reativação"),
    RunKind.CHANGE_PACKAGE: _("Troca de plano"),
    RunKind.TERMINATE: _("Remoção"),
}


def title_of(locale: str, kind: RunKind) -> str:
    with translation.override(locale):
        return str(OPERATIONS[kind])


def words(said: Said) -> str:
    return display_domains(str(WORDS[said.remark]) % said.values)


def words_in(locale: str, said: Said) -> str:
    """For who does not read it on a page: letters, facts."""
    with translation.override(locale):
        return words(said)


def words_of(kept: Mapping[str, Any], *, before: str) -> str:
    """Of what a row keeps; `before` is what older versions wrote in it."""
    return words(Said.read(kept)) if "code" in kept else display_domains(before)


def no_connection(answer: str) -> str:
    return str(NO_CONNECTION[answer])
