"""Codes of metering in people's words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.types.prices import Scheme
from alicerce.apps.metering.types import Aggregation

Words = str | Promise

AGGREGATIONS: Mapping[Aggregation, Words] = {
    Aggregation.SUM: _("A soma do que foi usado"),
    Aggregation.MAX: _("O maior registro"),
    Aggregation.LAST: _("O último registro"),
}
SCHEMES: Mapping[Scheme, Words] = {
    Scheme.FLAT: _("Cada unidade pelo mesmo preço"),
    Scheme.GRADUATED: _("Cada unidade pelo preço da sua faixa"),
    Scheme.VOLUME: _("Todas pelo preço da faixa alcançada"),
    Scheme.PACKAGE: _("Por pacote começado"),
}
