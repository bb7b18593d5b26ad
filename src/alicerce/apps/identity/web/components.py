"""What the pages of identity are made of."""

from collections.abc import Sequence
from ipaddress import ip_address

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.identity.models import User
from alicerce.kernel.access import Request
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content, Words
from alicerce.ui.copying import CopyButton
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, View, Views
from alicerce.ui.page import Page
from alicerce.ui.panels import Log, Note
from alicerce.ui.shell import ShellName
from alicerce.ui.texts import Mono


def form_card(
    form: BaseForm,
    button: Words,
    *,
    action: str = "",
    extra: Sequence[Content] = (),
    title: Words = "",
    lead: Words = "",
    alone: bool = True,
) -> Card:
    """A form of one button, as wide as the form where it stands alone. `extra` stands before it."""
    press = Button(button, variant="primary", size="lg" if alone else "", block=alone)
    return Card(
        [
            Form(
                action=action,
                fields=[*form_fields(form), *extra],
                actions=[press],
                errors=FormErrors(form) if form.errors else "",
            )
        ],
        title=title,
        lead=lead,
    )


def one_form_page(
    *,
    title: Words,
    lead: Words,
    form: BaseForm,
    button: Words,
    action: str = "",
    before: Sequence[Content] = (),
    after: Sequence[Content] = (),
    shell: ShellName = "bare",
) -> Page:
    """A page that asks for one thing."""
    body = [*before, form_card(form, button, action=action), *after]
    status = 422 if form.errors else 200
    return Page(title, shell, body, lead=lead, width="narrow", status=status)


def recovery_codes(unused: Sequence[str]) -> list[Content]:
    """The codes that nobody used, this once."""
    words = _("Cada um entra uma vez no lugar do segundo fator. Não aparecem de novo.")
    title = _("Códigos de recuperação")
    copy = CopyButton("\n".join(unused), _("Copiar os códigos"))
    return [
        Note("warn", words, title=_("Guarde agora.")),
        Card([Log([Mono(code) for code in unused], title), copy], title=title),
        LinkButton(_("Já guardei"), "/dentro/", variant="primary"),
    ]


def me(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user


def account_page(part: str, body: Sequence[Content], *, form: BaseForm | None = None) -> Page:
    """A part of one's own account, under the tabs that lead to the others."""
    parts = [
        ("account", _("Perfil")),
        ("account_change_password", _("Senha")),
        ("mfa_index", _("Segundo fator")),
        ("usersessions_list", _("Sessões")),
        ("socialaccount_connections", _("Contas conectadas")),
        ("account_privacy", _("Privacidade")),
    ]
    tabs = [View(label, reverse(name), current=name == part) for name, label in parts]
    status = 422 if form is not None and form.errors else 200
    shown: list[Content] = [Views(tabs, _("Partes da conta")), *body]
    return Page(_("Sua conta"), "account", shown, width="narrow", status=status)


def number_warning(request: Request) -> list[Content]:
    """A passkey belongs to a name: at a bare number browsers refuse to make one."""
    host = request.get_host()
    bare = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return []
    words = _("Uma chave de acesso pertence a um nome, e esta página foi aberta por um número.")
    if address.is_loopback:
        way_out = _("Use http://localhost no lugar dele.")
        words = f"{words} {way_out}"
    return [Note("warn", words, title=_("Aqui o navegador não cria chaves de acesso."))]
