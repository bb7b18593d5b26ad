"""Packages of a server beside the plans that name them, and plans that no server could deliver."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.hosting.queries.packages import (
    PlanOnServers,
    plans_sold,
    plans_without_package,
)
from alicerce.apps.hosting.queries.room import plans_without_room
from alicerce.apps.hosting.queries.servers import ServerRow
from alicerce.apps.hosting.web.components import NOTHING
from alicerce.ui.buttons import Button, PostButton
from alicerce.ui.component import Content
from alicerce.ui.concerns import Concern
from alicerce.ui.layout import Row, Section
from alicerce.ui.panels import EmptyState
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, TimeText


def packages_section(server: ServerRow, *, check_url: str = "") -> Section:
    """What it has, and what plans want of it and it has not. Read again by whoever may test it."""
    plans = [plan for plan in plans_sold() if plan.region in ("", server.region)]
    had = server.packages or ()
    missing = {plan.package for plan in plans} - set(had) if server.packages is not None else ()
    again = PostButton(Button(_("Ler de novo"), icon="refresh-cw"), check_url)
    table = Table(
        _("Pacotes"),
        [Column(_("Pacote"), "name"), Column(_("Estado"), "status"), Column(_("Planos"))],
        [
            *(_row(name, plans, is_there=False) for name in sorted(missing)),
            *(_row(name, plans, is_there=True) for name in had),
        ],
        empty=EmptyState(
            _("Nenhum pacote lido"),
            _("O servidor ainda não disse que pacotes tem, ou o token não pode lê-los."),
        ),
    )
    seen: Content = ""
    if server.packages_seen_at:
        seen = TimeText(server.packages_seen_at, "relative")
    return Section(_("Pacotes"), [table], aside=again if check_url else seen)


def _row(name: str, plans: Sequence[PlanOnServers], *, is_there: bool) -> TableRow:
    state = Badge("ok", _("No servidor")) if is_there else Badge("warn", _("Falta no servidor"))
    own = [plan for plan in plans if plan.package == name]
    named: list[Content] = [Link(plan.name, plan_url(plan)) for plan in own]
    return TableRow([Cell(name), state, Row(named) if named else NOTHING], alert=not is_there)


def plan_url(plan: PlanOnServers) -> str:
    return reverse("workspace:plan", args=[plan.plan_id])


def room_concerns() -> list[Concern]:
    """What is for sale and refused, because its servers are full."""
    return [
        Concern(
            what=_("Plano %(name)s") % {"name": plan.name},
            why=_(
                "Não há lugar livre nos servidores dele: os pedidos são recusados antes do pagamento. "
                "Abra lugar num servidor ou cadastre outro."
            ),
            state=Badge("bad", _("Esgotado")),
            url=reverse("workspace:servers"),
        )
        for plan in plans_without_room()
    ]


def package_concerns() -> list[Concern]:
    """What is sold, and could not be delivered today."""
    return [
        Concern(
            what=_("Plano %(name)s") % {"name": plan.name},
            why=_(
                "Nenhum servidor tem o pacote %(package)s: um pedido dele não entraria no ar."
            )
            % {"package": plan.package},
            state=Badge("bad", _("Sem pacote")),
            url=plan_url(plan),
        )
        for plan in plans_without_package()
    ]
