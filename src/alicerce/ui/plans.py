"""What cycles and limits of plans are called, whichever app shows them."""

from collections.abc import Mapping

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.ui.component import Words
from alicerce.ui.formats import number
from alicerce.ui.panels import Pair

CYCLES: Mapping[str, Words] = {
    "monthly": gettext_lazy("Mensal"),
    "quarterly": gettext_lazy("Trimestral"),
    "semiannual": gettext_lazy("Semestral"),
    "annual": gettext_lazy("Anual"),
    "biennial": gettext_lazy("A cada dois anos"),
    "triennial": gettext_lazy("A cada três anos"),
    "one_off": gettext_lazy("Pagamento único"),
}
LIMITS: Mapping[str, Words] = {
    "sites": gettext_lazy("Sites"),
    "disk_gb": gettext_lazy("Disco"),
    "traffic_gb": gettext_lazy("Tráfego por mês"),
    "mailboxes": gettext_lazy("Contas de e-mail"),
    "databases": gettext_lazy("Bancos de dados"),
}
UNITS: Mapping[str, str] = {"disk_gb": "GB", "traffic_gb": "GB"}


def limit_pairs(limits: Mapping[str, int | None]) -> list[Pair]:
    """What a plan allows, in the order in which people ask."""
    return [
        Pair(label, limit_amount(key, limits[key]))
        for key, label in LIMITS.items()
        if key in limits
    ]


def used_amount(
    key: str, amount: int | None, used: int | None, *, used_bytes: int | None = None
) -> str:
    """How much there is beside how much there may be; where a server counts it, only the latter."""
    most = limit_amount(key, amount)
    if used is None:
        return most if amount is None else _("%(most)s, contado pelo servidor") % {"most": most}
    said = number(used) if used_bytes is None else filesizeformat(used_bytes)
    if amount is None:
        return _("%(used)s, sem limite") % {"used": said}
    return _("%(used)s de %(most)s") % {"used": said, "most": most}


def limit_amount(key: str, amount: int | None) -> str:
    if amount is None:
        return _("Sem limite")
    return f"{number(amount)} {UNITS[key]}" if key in UNITS else number(amount)
