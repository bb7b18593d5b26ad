"""What the pages of reconciliation share."""

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.reconciliation.queries.bank import open_lines
from alicerce.apps.reconciliation.queries.overview import open_differences
from alicerce.apps.reconciliation.types import DifferenceView
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.money import Money
from alicerce.ui.component import Content
from alicerce.ui.formats import money
from alicerce.ui.layout import Crumb, View, Views

NO_DATA = "–"


def tabs(current: str) -> Views:
    """The parts of the reconciliation, with how much of each waits for a person."""
    differences, lines = open_differences(), open_lines()
    places = (
        ("reconciliation", _("Visão geral"), None),
        ("differences", _("Diferenças"), differences),
        ("payouts", _("Repasses"), None),
        ("bank", _("Banco"), lines),
    )
    return Views(
        [
            View(
                label,
                reverse(f"workspace:{name}"),
                current=name == current,
                count=count,
                hot=name == "differences" and bool(count),
            )
            for name, label, count in places
        ],
        _("Partes da conciliação"),
    )


def root() -> Crumb:
    return Crumb(_("Conciliação"), reverse("workspace:reconciliation"))


def figure(view: DifferenceView, cents: int | None) -> Content:
    """An amount that somebody told; that nobody did is said as well."""
    told = view.money(cents)
    return money(told) if told else _("sem dados")


def said(sums: Mapping[str, int]) -> str:
    """By currency; where nobody told anything that is what it says."""
    if not sums:
        return _("sem dados")
    return ", ".join(money(Money(cents, name)) for name, cents in sorted(sums.items()))


def people() -> dict[UUID, str]:
    """Who works here, by name."""
    return {member.user_id: member.name for member in tenancy.members()}
