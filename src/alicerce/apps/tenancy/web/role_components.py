"""What the pages of roles are made of."""

from collections.abc import Sequence

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alicerce.apps.tenancy.types import RoleView
from alicerce.kernel.permissions import Declared
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content, Words
from alicerce.ui.formats import number
from alicerce.ui.forms import CheckList, Form
from alicerce.ui.layout import Card, Stack
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, IconText, Mono

Groups = Sequence[tuple[str, Sequence[Declared]]]


def roles_table(roles: Sequence[RoleView]) -> Table:
    return Table(
        _("Papéis"),
        [
            Column(_("Papel"), "name"),
            Column(_("Origem"), "status"),
            Column(_("Pessoas"), "number"),
            Column(_("Permissões"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(role.name, reverse("workspace:role", args=[role.key])),
                    state(role),
                    number(role.members),
                    number(len(role.permissions)),
                ]
            )
            for role in roles
        ],
    )


def matrix(caption: str, group: Sequence[Declared], roles: Sequence[RoleView]) -> Table:
    columns = [
        Column(_("Permissão"), "name"),
        *(Column(role.name) for role in roles),
    ]
    return Table(caption, columns, [_line(each, roles) for each in group])


def _line(each: Declared, roles: Sequence[RoleView]) -> TableRow:
    marks = [_mark(each.key in role.permissions) for role in roles]
    return TableRow([Cell(each.label, "", Mono(each.key)), *marks])


def _mark(is_held: bool) -> Content:  # noqa: FBT001
    return IconText("check", _("Sim")) if is_held else "–"


def state(role: RoleView) -> Badge:
    if not role.is_shipped:
        return Badge("info", _("Da empresa"))
    return Badge("warn", _("Mudado")) if role.is_changed else Badge("", _("Padrão"))


def lead(role: RoleView) -> str:
    if role.is_locked:
        return _("Este papel é igual em todas as empresas. Copie para criar um parecido.")
    return ngettext(
        "%(count)s pessoa trabalha com este papel.",
        "%(count)s pessoas trabalham com este papel.",
        role.members,
    ) % {"count": role.members}


def held(groups: Groups) -> Content:
    """What a role may do, to read."""
    return Stack([_held_card(app, group) for app, group in groups])


def _held_card(app: Words, group: Sequence[Declared]) -> Card:
    return Card([IconText("check", each.label) for each in group], title=app)


def boxes(form: BaseForm, groups: Groups) -> Card:
    """The permissions of each app under its name."""
    options = {option.data["value"]: option for option in form["permissions"].subwidgets}
    lists: list[Content] = [
        CheckList(app, [options[each.key] for each in group], span=3) for app, group in groups
    ]
    actions = [
        LinkButton(_("Cancelar"), reverse("workspace:roles"), variant="ghost"),
        Button(_("Conferir mudança"), variant="primary"),
    ]
    return Card([Form("", lists, actions)])


def sessions_card(role: RoleView, *, may_edit: bool) -> Card:
    """How long its sessions last; what nothing is said of is as for everybody."""
    change = LinkButton(_("Mudar"), reverse("workspace:role_sessions", args=[role.key]))
    facts = [
        Pair(_("Parada"), rest(role.sessions.idle)),
        Pair(_("Ao todo"), rest(role.sessions.absolute)),
    ]
    return Card([KeyValues(facts)], title=_("Sessões"), footer=[change] if may_edit else [])


def rest(minutes: int | None) -> str:
    if minutes is None:
        return _("como a empresa e a plataforma")
    return ngettext("%(count)s minuto", "%(count)s minutos", minutes) % {
        "count": number(minutes)
    }


def can_drop(role: RoleView) -> bool:
    return role.is_changed or not (role.is_shipped or role.members)


def drop_button(role: RoleView) -> LinkButton:
    words = _("Voltar ao padrão") if role.is_shipped else _("Apagar papel")
    return LinkButton(words, reverse("workspace:role_drop", args=[role.key]), variant="danger")
