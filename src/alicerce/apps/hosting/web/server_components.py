"""What the pages about servers are made of."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alicerce.apps.hosting.queries.servers import ServerRow
from alicerce.apps.hosting.web.components import NOTHING, Names, server_badge
from alicerce.apps.hosting.web.forms import STRATEGIES, ServerFields
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton, PostButton
from alicerce.ui.component import Component, Content, Words
from alicerce.ui.formats import number
from alicerce.ui.forms import Form, FormErrors, form_field
from alicerce.ui.layout import Card, Fold, Row, Stack
from alicerce.ui.panels import KeyValues, Note, Pair, Stat, StatStrip, Waiting
from alicerce.ui.tables import Cell, Column, Meter, Table, TableRow
from alicerce.ui.texts import Mono, Tag, Text, TimeText

PATIENCE = timedelta(minutes=2)
UrlOf = Callable[..., str]
"""Where a page about a server is: in the operator's panel, or in the company's workspace."""


def server_url(server: ServerRow, view: str = "server") -> str:
    return reverse(f"console:{view}", args=[server.tenant_id, server.id])


def own_url(server: ServerRow, view: str = "server") -> str:
    """In the workspace of the company whose it is."""
    return reverse(f"workspace:{view}", args=[server.id])


def stats(servers: Sequence[ServerRow]) -> StatStrip:
    room = sum(server.max_accounts for server in servers)
    troubled = sum(server.needs_attention for server in servers)
    closed = sum(not server.accepting for server in servers)
    of_room = _("de %(room)s") % {"room": number(room)}
    return StatStrip(
        [
            Stat(_("Servidores"), number(len(servers))),
            Stat(_("Contas"), number(sum(s.accounts for s in servers)), detail=of_room),
            Stat(_("Sem novas contas"), number(closed)),
            Stat(_("Precisam de atenção"), number(troubled), tone="bad" if troubled else ""),
        ]
    )


def servers_table(
    servers: Sequence[ServerRow],
    tenants: Names,
    *,
    at: datetime,
    empty: Content,
    url_of: UrlOf = server_url,
) -> Table:
    return Table(
        _("Servidores"),
        [
            Column(_("Servidor"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Empresa"), "extra"),
            Column(_("Grupo e região")),
            Column(_("Contas"), "meter"),
            Column(_("Licença"), "number"),
            Column(_("Visto")),
        ],
        [_server_row(server, tenants, at, url_of(server)) for server in servers],
        empty=empty,
    )


def _server_row(server: ServerRow, tenants: Names, at: datetime, url: str) -> TableRow:
    return TableRow(
        [
            Cell(server.name, url, Mono(server.ip), copy=server.ip),
            server_badge(server, at=at),
            tenants.get(server.tenant_id, NOTHING),
            Row([server.pool, Tag(server.region)] if server.region else [server.pool]),
            _accounts(server),
            licence(server),
            seen(server),
        ],
        alert=server.needs_attention,
    )


def _accounts(server: ServerRow) -> Meter:
    return Meter(server.accounts, server.max_accounts, _("Contas em %s") % server.name)


def licence(server: ServerRow) -> Words:
    if server.licence_seen_at is None:
        return _("sem dados")
    used = number(server.licence_used)
    if not server.licence_limit:
        return _("%(used)s, sem limite") % {"used": used}
    return _("%(used)s de %(limit)s") % {"used": used, "limit": number(server.licence_limit)}


def seen(server: ServerRow) -> Content:
    return TimeText(server.checked_at, "relative") if server.checked_at else _("nunca")


def connection(server: ServerRow, *, asked: datetime | None, at: datetime) -> Component:
    """What the panel answered, or that we are waiting for it."""
    if is_waiting(server, asked=asked, at=at):
        return Waiting(_("Falando com o servidor…"))
    if server.checked_at is None:
        return Note("", _("Ainda não falamos com este servidor. Teste a conexão."))
    if server.check_error:
        raw = Fold(_("O que o servidor disse"), [Mono(server.check_error)])
        return Note("bad", Stack([Text(server.trouble), raw]), title=_("Sem conexão."))
    facts = {"version": server.version, "accounts": number(server.licence_used)}
    words = ngettext(
        "Conectado, cPanel %(version)s, %(accounts)s conta.",
        "Conectado, cPanel %(version)s, %(accounts)s contas.",
        server.licence_used,
    )
    return Note("ok", words % facts)


def is_waiting(server: ServerRow, *, asked: datetime | None, at: datetime) -> bool:
    """Whether a check was asked for and has not answered. We do not wait forever."""
    if asked is None or not asked <= at < asked + PATIENCE:
        return False
    return server.checked_at is None or server.checked_at < asked


def connection_card(server: ServerRow, note: Component) -> Card:
    return Card(
        [
            note,
            KeyValues(
                [
                    Pair(_("Endereço do WHM"), Mono(server.base_url), copy=server.base_url),
                    Pair(_("Usuário"), Mono(server.username)),
                    Pair(_("Token"), _("guardado, nunca mostrado")),
                    Pair(_("Certificado"), _("fixado") if server.pinned else _("público")),
                    Pair(_("Última resposta"), seen(server)),
                ]
            ),
        ],
        title=_("Conexão"),
    )


def capacity_card(server: ServerRow) -> Card:
    return Card(
        [
            _accounts(server),
            KeyValues(
                [
                    Pair(_("Licença do cPanel"), licence(server)),
                    Pair(_("Chamadas ao mesmo tempo"), number(server.max_concurrent)),
                    Pair(
                        _("Novas contas"), _("aceita") if server.accepting else _("não aceita")
                    ),
                ]
            ),
        ],
        title=_("Capacidade"),
    )


def place_card(server: ServerRow, tenant: str) -> Card:
    return Card(
        [
            KeyValues(
                [
                    Pair(_("Empresa"), tenant),
                    Pair(_("Grupo"), server.pool),
                    Pair(_("Região"), server.region or NOTHING),
                    Pair(_("Como encher o grupo"), str(STRATEGIES[server.strategy])),
                    Pair(_("Nome na rede"), Mono(server.hostname), copy=server.hostname),
                    Pair(_("Endereço IP"), Mono(server.ip), copy=server.ip),
                    *(
                        Pair(_("Servidor DNS"), Mono(name), copy=name)
                        for name in server.nameservers
                    ),
                ]
            )
        ],
        title=_("Lugar"),
    )


def actions(server: ServerRow, url_of: UrlOf = server_url) -> list[Content]:
    check = Button(_("Testar conexão"), icon="refresh-cw")
    edit = LinkButton(_("Editar servidor"), url_of(server, "server_edit"))
    switch = _switch(server, url_of(server, "server_accept"))
    return [PostButton(check, url_of(server, "server_check")), switch, edit]


def _switch(server: ServerRow, action: str) -> Component:
    if not server.accepting:
        button = Button(_("Aceitar novas contas"), icon="check")
        return PostButton(button, action, {"accepting": "yes"})
    return ConfirmDialog(
        "pausar",
        Button(_("Pausar novas contas"), icon="x"),
        _("Pausar novas contas em %(name)s?") % {"name": server.name},
        [_("As contas que já estão nele continuam no ar. As novas vão para outro servidor.")],
        _("Pausar novas contas"),
        action,
        {"accepting": "no"},
    )


def server_form(form: ServerFields, button: Words, back: str) -> Form:
    spans = {"pool": 2, "region": 2, "strategy": 2, "ca_pem": 6, "nameservers": 6, "tenant": 6}
    return Form(
        action="",
        fields=[form_field(bound, span=spans.get(bound.name, 3)) for bound in form],  # type: ignore[arg-type]
        actions=[Button(button, variant="primary"), LinkButton(_("Voltar"), back)],
        errors=FormErrors(form) if form.errors else "",
    )
