"""What needs a person: from every app, in one table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alicerce.ui.component import Content, Words
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, TimeText


@dataclass(frozen=True)
class Concern:
    """One thing to look at: what it is, what is wrong, whose it is, since when."""

    what: Words
    why: Content
    state: Badge
    whose: Words = ""
    since: datetime | None = None
    url: str = ""


def concerns_table(concerns: Sequence[Concern], *, empty: Content) -> Table:
    return Table(
        _("O que precisa de atenção"),
        [
            Column(_("O quê"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Empresa")),
            Column(_("Desde")),
        ],
        [_row(concern) for concern in concerns],
        empty=empty,
    )


def _row(concern: Concern) -> TableRow:
    since = TimeText(concern.since, "relative") if concern.since else "–"
    return TableRow(
        [Cell(concern.what, concern.url, concern.why), concern.state, concern.whose, since]
    )
