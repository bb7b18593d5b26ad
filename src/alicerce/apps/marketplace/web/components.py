"""What the pages about apps are made of."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.developers import public as developers
from alicerce.apps.developers.types import Mode
from alicerce.apps.identity import public as identity
from alicerce.apps.marketplace import rules
from alicerce.apps.marketplace.types import (
    ApplicationKind,
    ApplicationView,
    InstallationView,
    SecretView,
)
from alicerce.apps.marketplace.web.forms import ApplicationFields, RotationForm
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Component, Content, Words
from alicerce.ui.copying import CopyBox
from alicerce.ui.forms import CheckList, Form, FormErrors, form_field, form_fields
from alicerce.ui.layout import Card, Row, Section, Stack
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Mono, Tag, Text, TimeText


def application_url(application_id: UUID) -> str:
    return reverse("workspace:application", args=[application_id])


def installation_url(installation_id: UUID) -> str:
    return reverse("workspace:installation", args=[installation_id])


def new_button() -> LinkButton:
    return LinkButton(
        _("Registrar aplicativo"),
        reverse("workspace:application_new"),
        icon="plus",
        variant="primary",
    )


def kind_tag(kind: ApplicationKind) -> Tag:
    return Tag(_("Confidencial") if kind is ApplicationKind.CONFIDENTIAL else _("Público"))


def installation_badge(installation: InstallationView) -> Badge:
    if not installation.is_live:
        return Badge("", _("Removido"))
    if installation.mode is Mode.TEST:
        return Badge("info", _("Instalado para testes"))
    return Badge("ok", _("Instalado"))


def installed_section(found: Sequence[InstallationView], *, older: str, newer: str) -> Section:
    table = Table(
        _("Instalados nesta empresa"),
        [
            Column(_("Aplicativo"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Quem instalou")),
            Column(_("Quando")),
            Column(_("Último uso")),
        ],
        [_installation_row(one) for one in found],
        empty=EmptyState(
            _("Nenhum aplicativo instalado"),
            _("Um aplicativo pede acesso no site dele; quem administra a empresa confirma."),
            icon="layers",
        ),
        older=older,
        newer=newer,
    )
    return Section(_("Instalados nesta empresa"), [table])


def published_section(found: Sequence[ApplicationView]) -> Section:
    table = Table(
        _("Publicados por esta empresa"),
        [
            Column(_("Aplicativo"), "name"),
            Column(_("Tipo")),
            Column(_("Identificador")),
            Column(_("Registrado")),
        ],
        [_application_row(app) for app in found],
        empty=EmptyState(
            _("Nenhum aplicativo registrado"),
            _("Registre um para que outras empresas possam usá-lo com a API."),
            icon="code-xml",
        ),
    )
    return Section(_("Publicados por esta empresa"), [table])


def _installation_row(one: InstallationView) -> TableRow:
    return TableRow(
        [
            Cell(one.name, installation_url(one.id), one.publisher),
            installation_badge(one),
            person_name(one.installed_by),
            TimeText(one.installed_at),
            TimeText(one.last_used_at, "relative") if one.last_used_at else _("Nunca"),
        ]
    )


def _application_row(app: ApplicationView) -> TableRow:
    return TableRow(
        [
            Cell(app.name, application_url(app.id), rules.host_of(app.website)),
            kind_tag(app.kind),
            Mono(str(app.id)),
            TimeText(app.created_at),
        ]
    )


def person_name(user_id: UUID) -> Words:
    person = identity.person(user_id)
    return (person.name or person.email) if person else _("Alguém que saiu")


def application_form(form: ApplicationFields, button: str, back: str) -> Form:
    fields: list[Content] = [form_field(bound) for bound in form if bound.name != "scopes"]
    return Form(
        "",
        [*fields, *_scopes(form)],
        [Button(button, variant="primary"), LinkButton(_("Cancelar"), back)],
        errors=FormErrors(form) if form.errors else "",
    )


def _scopes(form: ApplicationFields) -> list[CheckList]:
    """What only looks beside what changes something."""
    options = form["scopes"].subwidgets
    looks = [one for one in options if str(one.data["value"]).endswith(":read")]
    changes = [one for one in options if one not in looks]
    error = " ".join(str(error) for error in form["scopes"].errors)
    return [
        CheckList(_("Pode pedir para ver"), looks, span=3, error=error),
        CheckList(_("Pode pedir para mudar"), changes, span=3),
    ]


def application_facts(app: ApplicationView) -> Card:
    return Card(
        [
            KeyValues(
                [
                    Pair(_("Identificador"), Mono(str(app.id)), copy=str(app.id)),
                    Pair(_("Tipo"), kind_tag(app.kind)),
                    Pair(_("Site"), Mono(app.website)),
                    Pair(_("Registrado"), TimeText(app.created_at)),
                ]
            )
        ],
        title=_("Sobre o aplicativo"),
    )


def returns_card(app: ApplicationView) -> Card:
    return Card(
        [Stack([Mono(uri) for uri in app.redirect_uris])], title=_("Endereços de retorno")
    )


def scopes_card(scopes: Sequence[str], title: str) -> Card:
    told = [Text(f"{developers.scope_words(scope)} ({scope})") for scope in scopes]
    return Card([Stack(told)], title=title)


def secrets_card(
    app: ApplicationView, secrets: Sequence[SecretView], form: RotationForm | None
) -> Card:
    """Which secrets prove the app now and, for who may, the way to another."""
    parts: list[Content] = [Row([Mono(one.shown), _until(one)]) for one in secrets]
    if form is not None:
        rotate = Button(_("Trocar segredo"), icon="refresh-cw")
        url = reverse("workspace:application_rotate", args=[app.id])
        parts.append(Form(url, form_fields(form), [rotate]))
    return Card([Stack(parts)], title=_("Segredos"))


def _until(secret: SecretView) -> Component:
    if secret.is_orphaned:
        return Badge("warn", _("Quem criou saiu: não serve mais para a própria empresa"))
    if secret.expires_at is None:
        return Badge("ok", _("Vale"))
    return Row([Text(_("Vale até"), "muted"), TimeText(secret.expires_at)])


def secret_card(secret: str, url: str) -> Card:
    """The one time that the secret is seen."""
    return Card(
        [
            Stack(
                [
                    Note("warn", _("Copie agora: este segredo não será mostrado de novo.")),
                    CopyBox(secret, _("Copiar o segredo")),
                    LinkButton(_("Já guardei"), url),
                ]
            )
        ],
        title=_("O segredo do aplicativo"),
    )


def installation_facts(one: InstallationView) -> Card:
    is_test = one.mode is Mode.TEST
    pairs = [
        Pair(_("Publicado por"), one.publisher),
        Pair(_("Age em"), _("Ambiente de testes") if is_test else _("Empresa")),
        Pair(_("Quem instalou"), person_name(one.installed_by)),
        Pair(_("Quando"), TimeText(one.installed_at)),
        Pair(
            _("Último uso"),
            TimeText(one.last_used_at, "relative") if one.last_used_at else _("Nunca"),
        ),
    ]
    if one.is_live and one.ends_at:
        pairs.append(Pair(_("Acesso até"), TimeText(one.ends_at, "date")))
    if one.uninstalled_at:
        pairs.append(Pair(_("Removido"), TimeText(one.uninstalled_at)))
    return Card([KeyValues(pairs)], title=_("Sobre a instalação"))
