"""What the ladder did, and what was done to it, in the words of who reads the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DUNNING: Mapping[str, Promise] = {
    "dunning.ladder_changed": _("Régua de cobrança alterada"),
    "dunning.ladder_made_default": _("Régua de cobrança tornada a padrão"),
    "dunning.left": _("Fatura saiu da régua de cobrança"),
    "dunning.override_lifted": _("Exceção da régua desfeita"),
    "dunning.override_set": _("Exceção da régua combinada"),
    "dunning.step_taken": _("Passo da régua de cobrança dado"),
}
