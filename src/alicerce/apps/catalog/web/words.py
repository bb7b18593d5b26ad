"""What codes of the catalog are called."""

from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.types import PlanStatus
from alicerce.ui.status import Status, Statuses

STATUS: Statuses = {
    PlanStatus.FOR_SALE: Status("ok", _("À venda")),
    PlanStatus.HIDDEN: Status("warn", _("Oculto")),
    PlanStatus.RETIRED: Status("", _("Fora de venda")),
}
