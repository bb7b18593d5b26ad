"""What codes of the catalog are called."""

from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.types import CouponStatus, PlanStatus
from alicerce.ui.status import Status, Statuses

STATUS: Statuses = {
    PlanStatus.FOR_SALE: Status("ok", _("À venda")),
    PlanStatus.HIDDEN: Status("warn", _("Oculto")),
    PlanStatus.RETIRED: Status("", _("Fora de venda")),
}
COUPON: Statuses = {
    CouponStatus.GOOD: Status("ok", _("Vale")),
    CouponStatus.SCHEDULED: Status("info", _("Ainda não vale")),
    CouponStatus.USED_UP: Status("warn", _("Esgotado")),
    CouponStatus.ENDED: Status("", _("Venceu")),
    CouponStatus.RETIRED: Status("", _("Encerrado")),
}
