"""The taxes of an invoice as people read them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alicerce.apps.billing.types.taxes import TaxView
from alicerce.apps.taxes import public as tax_rules
from alicerce.apps.taxes.types import Manner
from alicerce.ui.component import Content
from alicerce.ui.layout import Card
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import MoneyText


def taxes_card(found: Sequence[TaxView]) -> list[Content]:
    """Nothing for an invoice without taxes."""
    return [Card([taxes_table(found)], title=_("Tributos"))] if found else []


def taxes_table(found: Sequence[TaxView]) -> Table:
    return Table(
        _("Tributos"),
        [
            Column(_("Tributo"), "name"),
            Column(_("Base"), "number"),
            Column(_("Alíquota"), "number"),
            Column(_("Valor"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(one.name, "", how(one)),
                    MoneyText(one.base),
                    tax_rules.percent(one.rate_ppm),
                    MoneyText(one.amount),
                ]
            )
            for one in found
        ],
    )


def how(one: TaxView) -> str:
    words = {
        Manner.ADDED: _("Somado ao preço"),
        Manner.INCLUDED: _("Incluso no preço"),
        Manner.WITHIN: _("Por dentro do preço"),
    }[one.manner]
    return _("%(how)s, retido por quem paga") % {"how": words} if one.is_withheld else words
