"""Codes of hostnames in people's words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.hostnames.types import Finding, RecordPurpose
from alicerce.ui.status import Status, Statuses

STATES: Statuses = {
    "waiting": Status("info", _("Esperando a prova"), live=True),
    "active": Status("ok", _("Ativo")),
    "at_risk": Status("warn", _("Prova sumiu")),
    "failed": Status("bad", _("Não foi provado")),
    "lapsed": Status("bad", _("Perdido")),
    "detached": Status("", _("Desligado")),
}
FINDINGS: Mapping[Finding, Promise] = {
    Finding.NOT_ASKED: _("Ainda não perguntamos ao DNS."),
    Finding.PROVEN: _("O registro TXT está lá, com a prova desta empresa."),
    Finding.NO_RECORD: _("Não há registro TXT com este nome."),
    Finding.OTHER_RECORD: _("Há um registro TXT com este nome, mas com outro valor."),
    Finding.HELD: _("A prova está lá, mas outra empresa também mostra a dela e tem o nome."),
    Finding.NO_ANSWER: _(
        "O DNS do domínio não respondeu. Isso não prova nada, e vamos repetir."
    ),
}
PURPOSES: Mapping[RecordPurpose, Promise] = {
    RecordPurpose.PROOF: _("Prova que o nome é da empresa. Deixe-o lá para sempre."),
    RecordPurpose.ALIAS: _("Traz os visitantes."),
    RecordPurpose.ADDRESS: _(
        "No lugar do CNAME, onde o DNS não o aceita (na raiz do domínio)."
    ),
}
