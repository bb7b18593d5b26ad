"""The words of stages and steps."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.transfers.types import Stage, Step
from alicerce.ui.status import Status, Statuses

STAGE: Statuses = {
    Stage.EXAMINING: Status("info", _("Examinando"), live=True),
    Stage.READY: Status("ok", _("Pronta para mover")),
    Stage.BLOCKED: Status("bad", _("Bloqueada")),
    Stage.MOVING: Status("info", _("Sendo movida"), live=True),
    Stage.DONE: Status("ok", _("Concluída")),
    Stage.CANCELED: Status("", _("Cancelada")),
    Stage.FAILED: Status("bad", _("Falhou")),
}
STEP: Mapping[Step, Promise] = {
    Step.REACH: _("Falar com a origem"),
    Step.ACCOUNT: _("Encontrar a conta"),
    Step.DOMAINS: _("Listar os domínios"),
    Step.COMPARE: _("Comparar com o destino"),
}
