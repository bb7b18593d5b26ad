"""Codes and prices of metering in people's words."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.types.prices import Scheme
from alicerce.apps.metering.queries.usage import meters_of
from alicerce.apps.metering.types import Aggregation, MeterForm, TierForm
from alicerce.kernel.money import Money
from alicerce.ui.formats import money, number, unit_price

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


def told_prices(plan_id: UUID) -> list[tuple[str, str]]:
    """What each meter of a plan is called, and costs."""
    return [
        (card.form.name, price_words(card.form, card.currency)) for card in meters_of(plan_id)
    ]


def price_words(form: MeterForm, currency: str) -> str:
    """All of what it costs, as whoever pays it reads it."""
    bounds = [None, *(tier.up_to for tier in form.tiers)]
    said = [
        f"{_span(form.scheme, tier, after)}{_cost(form, tier, currency)}"
        for after, tier in zip(bounds, form.tiers, strict=False)
    ]
    return "; ".join(said)


def _span(scheme: Scheme, tier: TierForm, after: int | None) -> str:
    if scheme in {Scheme.FLAT, Scheme.PACKAGE}:
        return ""
    if tier.up_to is not None:
        return gettext("até %(up_to)s: ") % {"up_to": number(tier.up_to)}
    return gettext("acima de %(after)s: ") % {"after": number(after)} if after else ""


def _cost(form: MeterForm, tier: TierForm, currency: str) -> str:
    cents, flat = Decimal(tier.unit), money(Money(tier.flat, currency))
    if not cents:
        return flat if tier.flat else gettext("sem custo")
    each = {"price": unit_price(cents, currency), "unit": form.unit}
    if form.scheme == Scheme.PACKAGE:
        sized = {**each, "size": number(tier.up_to or 1)}
        return gettext("%(price)s por pacote de %(size)s (%(unit)s)") % sized
    words = gettext("%(price)s por %(unit)s") % each
    return (
        gettext("%(words)s, mais %(flat)s") % {"words": words, "flat": flat}
        if tier.flat
        else words
    )
