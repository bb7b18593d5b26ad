"""What the trail says of books that come from other programs."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOVING: Mapping[str, Promise] = {
    "switching.brought": _("Cópia de outro sistema trazida"),
    "switching.canceled": _("Importação de outro sistema cancelada"),
    "forecast.asked": _("Previsão da cobrança pedida"),
    "forecast.ready": _("Previsão da cobrança pronta"),
    "forecast.canceled": _("Previsão da cobrança parada"),
    "switching.compared": _("Cobrança comparada com a de outro sistema"),
    "switching.cross_approved": _("Passagem da cobrança para cá confirmada"),
    "switching.crossed": _("Cobrança passou para cá"),
    "switching.crossing": _("Passagem da cobrança para cá iniciada"),
    "switching.examined": _("Cópia de outro sistema conferida"),
    "switching.failed": _("Leitura da cópia de outro sistema falhou"),
    "switching.started": _("Importação de outro sistema iniciada"),
    "switching.undo_approved": _("Volta da importação confirmada"),
    "switching.undoing": _("Volta da importação iniciada"),
    "switching.undone": _("Importação de outro sistema desfeita"),
    "switching.uploaded": _("Cópia de outro sistema enviada"),
}
