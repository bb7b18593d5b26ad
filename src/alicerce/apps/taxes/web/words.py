"""What people read of taxes."""

from django.utils.translation import gettext_lazy as _

from alicerce.apps.taxes.types import Manner, TaxKind, Withholding
from alicerce.ui.component import Words

KINDS: dict[TaxKind, Words] = {
    TaxKind.ISS: "ISS",
    TaxKind.PIS: "PIS",
    TaxKind.COFINS: "COFINS",
    TaxKind.IBS: "IBS",
    TaxKind.CBS: "CBS",
    TaxKind.OTHER: _("Outro"),
}
MANNERS: dict[Manner, Words] = {
    Manner.ADDED: _("Por fora: soma ao preço"),
    Manner.INCLUDED: _("Incluso: o preço é a base mais o imposto"),
    Manner.WITHIN: _("Por dentro: o preço é a própria base"),
}
WITHHOLDINGS: dict[Withholding, Words] = {
    Withholding.NEVER: _("Não: a empresa recolhe"),
    Withholding.CUSTOMER: _("Pelo cliente que retém ISS"),
    Withholding.ALWAYS: _("Sempre, pelo cliente"),
}
CUSTOMERS = {"": _("Qualquer cliente"), "person": _("Pessoas"), "company": _("Empresas")}
