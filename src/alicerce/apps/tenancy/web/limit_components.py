"""How much a company has, how much it may have, and of which product."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from alicerce.apps.tenancy.queries.words import LIMITS, PRODUCTS
from alicerce.apps.tenancy.types import LimitView, ProductView
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, number
from alicerce.ui.layout import Card
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, TimeText


def products_table(
    products: Sequence[ProductView],
    *,
    zone: ZoneInfo,
    change_url: Callable[[ProductView], str] | None = None,
) -> Table:
    """For reading; with addresses, for who may change them."""
    return Table(
        _("Produtos"),
        [
            Column(_("Produto"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Desde")),
            Column(_("Até")),
            Column(_("Limites próprios")),
            *([Column(_("Ações"), "actions")] if change_url else []),
        ],
        [_row(one, zone, change_url) for one in products],
    )


def _row(
    one: ProductView, zone: ZoneInfo, change_url: Callable[[ProductView], str] | None
) -> TableRow:
    name, about = PRODUCTS[one.key]
    state = Badge("ok", _("Ligado")) if one.is_enabled else Badge("", _("Desligado"))
    cells: list[Content] = [
        Cell(name, "", about),
        state,
        TimeText(one.since, "date") if one.since else "–",
        TimeText(one.until, "date") if one.until else until_words(one.ends_at, zone),
        _own_limits(one),
    ]
    if change_url:
        cells.append(LinkButton(_("Mudar…"), change_url(one), size="sm"))
    return TableRow(cells)


def _own_limits(one: ProductView) -> str:
    stated = [
        f"{LIMITS[key]}: {number(one.limits[key])}" for key in LIMITS if key in one.limits
    ]
    return " · ".join(stated) or "–"


def until_words(ends_at: datetime | None, zone: ZoneInfo) -> str:
    """The last day, where the company is, of something that ends as a day does."""
    last = ends_at - timedelta(microseconds=1) if ends_at else None
    return day(last.astimezone(zone).date()) if last else "–"


def limits_card(limits: Sequence[LimitView]) -> Card:
    return Card(
        [KeyValues([Pair(LIMITS[one.key], _usage(one)) for one in limits])],
        title=_("Uso e limites"),
        lead=_("Vale o maior limite entre os produtos ligados."),
    )


def _usage(one: LimitView) -> Content:
    if one.most is None:
        return _("%(used)s, sem limite") % {"used": number(one.used)}
    shown = _("%(used)s de %(most)s") % {"used": number(one.used), "most": number(one.most)}
    return Badge("warn", shown) if one.is_full else shown
